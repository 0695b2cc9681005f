package dev.headroom.approval;

import dev.headroom.approval.NegotiatedDiscount.Lasting;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import dev.headroom.money.Money;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.Transition;
import dev.headroom.policy.TransitionRule;
import dev.headroom.policy.TransitionRule.RuleId;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.shown.ShownQuote;
import dev.headroom.shown.ShownQuoteJson;
import dev.headroom.subscription.RequestedChange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How deals are stored: bare ids and minor units, whatever becomes of the types. */
final class DealJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private record Off(@Nullable BigDecimal percent, @Nullable Long minor, @Nullable String currency, Lasting lasting, @Nullable Integer months) {

        static Off of(NegotiatedDiscount discount) {
            Integer months = discount.term() instanceof Term.Repeating(int count) ? count : null;
            return switch (discount.reduction()) {
                case PercentOff(BigDecimal percent) -> new Off(percent, null, null, discount.lasting(), months);
                case AmountOff(Money amount) -> new Off(null, amount.minor(), amount.currency().getCurrencyCode(), discount.lasting(), months);
            };
        }

        NegotiatedDiscount discount() {
            Reduction reduction = percent == null ? new AmountOff(Money.of(Objects.requireNonNull(minor), Objects.requireNonNull(currency))) : new PercentOff(percent);
            return new NegotiatedDiscount(reduction, switch (lasting) {
                case ONCE -> new Term.Once();
                case MONTHS -> new Term.Repeating(Objects.requireNonNull(months));
                case FOREVER -> new Term.Forever();
            });
        }
    }

    private record Said(
            ApprovalReason.Rule rule, @Nullable BigDecimal asked, @Nullable BigDecimal above, @Nullable String of, @Nullable Ruled transition) {

        static Said of(ApprovalReason reason) {
            return new Said(reason.rule(), reason.asked(), reason.above(), reason.of(), Optional.ofNullable(reason.transitionRule()).map(Ruled::of).orElse(null));
        }

        ApprovalReason reason() {
            return new ApprovalReason(rule, asked, above, of, transition == null ? null : transition.rule());
        }
    }

    private record Ruled(UUID id, UUID product, ChangeKind kind, @Nullable UUID from, @Nullable UUID to) {

        static Ruled of(TransitionRule rule) {
            return new Ruled(
                    rule.id().value(), rule.product().value(), rule.kind(), Optional.ofNullable(rule.from()).map(PlanId::value).orElse(null),
                    Optional.ofNullable(rule.to()).map(PlanId::value).orElse(null));
        }

        TransitionRule rule() {
            return new TransitionRule(
                    new RuleId(id), new ProductId(product), kind, Optional.ofNullable(from).map(PlanId::new).orElse(null),
                    Optional.ofNullable(to).map(PlanId::new).orElse(null), Transition.BY_APPROVAL);
        }
    }

    private DealJson() {}

    static String change(RequestedChange change) {
        return MAPPER.writeValueAsString(change);
    }

    static @Nullable String discount(@Nullable NegotiatedDiscount discount) {
        return discount == null ? null : MAPPER.writeValueAsString(Off.of(discount));
    }

    static String shown(ShownQuote shown) {
        return ShownQuoteJson.write(shown);
    }

    static Deal deal(String change, @Nullable String discount, String shown) {
        return new Deal(
                MAPPER.readValue(change, RequestedChange.class), discount == null ? null : MAPPER.readValue(discount, Off.class).discount(),
                ShownQuoteJson.read(shown));
    }

    static String reasons(List<ApprovalReason> reasons) {
        return MAPPER.writeValueAsString(reasons.stream().map(Said::of).toList());
    }

    static List<ApprovalReason> reasons(String stored) {
        return Stream.of(MAPPER.readValue(stored, Said[].class)).map(Said::reason).toList();
    }
}
