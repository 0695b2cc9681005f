package dev.headroom.sync;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.pricing.Discount;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.sync.StripeDifference.Aspect;
import dev.headroom.sync.StripeDifference.Found;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in what a subscription as we have it and the same as Stripe has it differ. */
record MirrorComparison(CatalogSnapshot catalog) {

    private record Side(Aspect aspect, Function<AccountSubscription, @Nullable String> of) {}

    List<Found> differences(AccountSubscription ours, AccountSubscription theirs) {
        return sides()
                .filter(side -> !Objects.equals(side.of().apply(ours), side.of().apply(theirs)))
                .map(side -> new Found(ours.stripeId(), ours.account(), side.aspect(), side.of().apply(ours), side.of().apply(theirs)))
                .toList();
    }

    private Stream<Side> sides() {
        return Stream.of(
                new Side(Aspect.STATE, each -> each.state() + (each.endedAt() == null ? "" : " since " + each.endedAt())),
                new Side(Aspect.ITEMS, this::items),
                new Side(Aspect.FOREIGN_PRICES, each -> listed(each.foreignPrices())),
                new Side(Aspect.PERIOD, each -> each.period().from() + " to " + each.period().until() + ", anchor " + each.anchor().at()),
                new Side(Aspect.TRIAL, each -> each.trialUntil() == null ? null : "until " + each.trialUntil()),
                new Side(Aspect.END, each -> each.cancelAt() == null ? null : "at " + each.cancelAt()),
                new Side(Aspect.DISCOUNTS, each -> listed(each.discounts().stream().map(this::discount).toList())),
                new Side(Aspect.BALANCE, each -> each.balance().toString()),
                new Side(Aspect.BILLING_MODE, each -> each.mode().name()),
                new Side(Aspect.OPEN_INVOICE, AccountSubscription::openInvoiceUrl),
                new Side(Aspect.UNRECKONED, each -> listed(each.unreckoned().stream().map(Enum::name).toList())));
    }

    private String items(AccountSubscription subscription) {
        return subscription.items().stream()
                .map(item -> catalog.version(item.planVersion()).plan().name() + " × " + item.quantity() + " (" + item.stripeId() + ", "
                        + PriceWords.of(catalog.price(item.price()), catalog.version(item.planVersion())) + ")")
                .collect(Collectors.joining("; "));
    }

    private String discount(Discount discount) {
        return discount.ref() + ": " + switch (discount.reduction()) {
            case Discount.Reduction.PercentOff percent -> percent.percent().toPlainString() + " %";
            case Discount.Reduction.AmountOff amount -> amount.amount().toString();
        } + Optional.ofNullable(discount.offerings()).map(this::plans).orElse("");
    }

    private String plans(Set<String> ids) {
        return " off " + (ids.isEmpty() ? "nothing that is sold here" : catalog.plans().stream()
                .filter(plan -> ids.contains(plan.id().toString())).map(Plan::name).sorted().collect(Collectors.joining(" and ")));
    }

    private static @Nullable String listed(List<String> each) {
        return each.isEmpty() ? null : String.join(", ", each);
    }
}
