package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.approval.ApprovalReason;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.policy.TransitionRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why something needs approval, in the reader's language. */
public final class ReasonText {

    private ReasonText() {}

    public static String of(ApprovalReason reason, CatalogSnapshot catalog) {
        return switch (reason.rule()) {
            case SEATS -> translate("approval.reason.seats", number(reason.asked()), number(reason.above()));
            case RECURRING -> translate("approval.reason.recurring", money(reason, reason.asked()), money(reason, reason.above()));
            case DISCOUNT -> translate("approval.reason.discount", percent(reason.asked()), percent(reason.above()));
            case PLAN -> translate("approval.reason.plan", name(Objects.requireNonNull(reason.of()), catalog));
            case NEGOTIATED -> translate("approval.reason.negotiated");
            case TRANSITION -> transition(Objects.requireNonNull(reason.transitionRule()), catalog);
        };
    }

    private static String transition(TransitionRule rule, CatalogSnapshot catalog) {
        String kind = Words.of(rule.kind());
        List<String> plans = Stream.of(Optional.ofNullable(rule.from()), Optional.ofNullable(rule.to())).flatMap(Optional::stream)
                .map(id -> catalog.plans().stream().filter(each -> each.id().equals(id)).map(Plan::name).findFirst().orElseThrow()).toList();
        if (plans.isEmpty()) {
            return translate("approval.reason.transition", kind);
        }
        return plans.size() == 1
                ? translate("approval.reason.transition.plan", kind, plans.getFirst())
                : translate("approval.reason.transition.plans", kind, plans.getFirst(), plans.getLast());
    }

    public static UnorderedList list(List<ApprovalReason> reasons, CatalogSnapshot catalog) {
        UnorderedList list = new UnorderedList();
        reasons.forEach(reason -> list.add(new ListItem(of(reason, catalog))));
        return list;
    }

    private static String name(String key, CatalogSnapshot catalog) {
        return catalog.plan(key).or(() -> catalog.addOn(key)).map(Plan::name).orElse(key);
    }

    private static String number(@Nullable BigDecimal number) {
        return Figures.number(Objects.requireNonNull(number).longValueExact());
    }

    private static String money(ApprovalReason reason, @Nullable BigDecimal minor) {
        return Figures.money(reason.money(Objects.requireNonNull(minor)));
    }

    private static String percent(@Nullable BigDecimal percent) {
        return Figures.percent(Objects.requireNonNull(percent));
    }
}
