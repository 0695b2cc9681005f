package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is bought, in a line, and what becomes different of it. */
public final class TermsText {

    private TermsText() {}

    /** All of it: "Team by the month, 4 seats + Insights". */
    public static String of(SubscriptionTerms terms, CatalogSnapshot known) {
        ItemTerms sold = terms.plan(known);
        String interval = interval(terms, known);
        String first = sold.quantity() == 1
                ? translate("terms.plan", name(sold, known), interval)
                : translate("terms.plan.seats", name(sold, known), interval, Figures.number(sold.quantity()));
        Stream<String> others = terms.addOns(known).stream().map(item -> item.quantity() == 1
                ? name(item, known)
                : translate("subscription.addOn", Figures.number(item.quantity()), name(item, known)));
        return Stream.concat(Stream.of(first), others).collect(Collectors.joining(" + "));
    }

    /** One line for each thing that becomes different, the plan first; empty when nothing does. */
    public static List<String> differences(SubscriptionTerms from, SubscriptionTerms to, CatalogSnapshot known) {
        List<String> lines = new ArrayList<>();
        tell(lines, translate("change.plan"), name(from.plan(known), known), name(to.plan(known), known));
        lines.addAll(besidePlan(from, to, known));
        return lines;
    }

    /** The same without the plan, for where it is said already. */
    static List<String> besidePlan(SubscriptionTerms from, SubscriptionTerms to, CatalogSnapshot known) {
        List<String> lines = new ArrayList<>();
        tell(lines, translate("subscription.interval"), interval(from, known), interval(to, known));
        if (bySeat(to.plan(known), known)) {
            String before = bySeat(from.plan(known), known) ? Figures.number(from.plan(known).quantity()) : translate("quote.difference.nothing");
            tell(lines, translate("change.seats"), before, Figures.number(to.plan(known).quantity()));
        }
        Map<String, Long> before = addOns(from, known);
        Map<String, Long> after = addOns(to, known);
        Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .forEach(name -> addOn(lines, name, before.getOrDefault(name, 0L), after.getOrDefault(name, 0L)));
        if (to.together() != null) {
            lines.add(translate("terms.together"));
        }
        return lines;
    }

    private static void addOn(List<String> lines, String name, long before, long after) {
        if (before == 0 && after == 1) {
            lines.add(translate("terms.added", name));
        } else if (after == 0) {
            lines.add(translate("terms.taken.off", name));
        } else {
            tell(lines, name, Figures.number(before), Figures.number(after));
        }
    }

    private static void tell(List<String> lines, String what, String before, String after) {
        if (!before.equals(after)) {
            lines.add(translate("terms.different", what, before, after));
        }
    }

    private static Map<String, Long> addOns(SubscriptionTerms terms, CatalogSnapshot known) {
        return terms.addOns(known).stream().collect(Collectors.toMap(item -> name(item, known), ItemTerms::quantity, Long::sum, LinkedHashMap::new));
    }

    private static String name(ItemTerms item, CatalogSnapshot known) {
        return known.versionOf(item.price()).plan().name();
    }

    private static String interval(SubscriptionTerms terms, CatalogSnapshot known) {
        return Words.of(known.price(terms.plan(known).price()).price().interval());
    }

    private static boolean bySeat(ItemTerms plan, CatalogSnapshot known) {
        return !flat(known.price(plan.price()));
    }

    /** Whether it has one price whatever its number. */
    static boolean flat(PlanPrice price) {
        return price.price().model() instanceof ChargeModel.Flat;
    }
}
