package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.approval.ApprovalReason;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.Figures;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
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
        };
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
