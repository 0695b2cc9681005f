package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.card.CardVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.pricing.Price;
import dev.headroom.storefront.PricingTable;
import dev.headroom.storefront.PricingTable.Listed;
import dev.headroom.storefront.YearSaving;
import dev.headroom.time.Interval;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The cards of a pricing page: what each plan costs by one interval, and what it includes. */
final class BuyersTable extends Div {

    private final PricingTable table;
    private final CatalogSnapshot catalog;
    private final Interval interval;

    BuyersTable(PricingTable table, CatalogSnapshot catalog, Interval interval) {
        this.table = table;
        this.catalog = catalog;
        this.interval = interval;
        addClassName("buyers");
        add(table.plans().isEmpty()
                ? new EmptyState(translate("buyers.none.currency", table.currency().getCurrencyCode()), translate("buyers.none.currency.why"))
                : cards(table.plans()));
        if (!table.addOns().isEmpty()) {
            add(new Section(translate("buyers.addOns"), cards(table.addOns())));
        }
        if (!table.bundles().isEmpty()) {
            UnorderedList together = new UnorderedList();
            table.bundles().forEach(bundle -> together.add(new ListItem(together(bundle))));
            add(new Section(translate("buyers.together"), together));
        }
    }

    private Div cards(List<Listed> listed) {
        Div cards = new Div();
        cards.addClassName("cards");
        listed.stream().map(this::card).forEach(cards::add);
        return cards;
    }

    private Card card(Listed listed) {
        Card card = new Card();
        card.addThemeVariants(CardVariant.OUTLINED);
        card.setTitle(listed.plan().name(), listed.plan().tier() ? 2 : 3);
        if (!listed.plan().description().isBlank()) {
            card.setSubtitle(new Span(listed.plan().description()));
        }
        card.add(price(listed), includes(listed));
        return card;
    }

    private Div price(Listed listed) {
        Div price = new Div();
        price.addClassName("stacked");
        PlanPrice chosen = listed.price(interval);
        Price said = Stream.of(chosen, listed.month(), listed.year()).filter(Objects::nonNull).findFirst().orElseThrow().price();
        price.add(line(PriceText.brief(said, listed.plan().kind()), "charge"));
        if (chosen == null) {
            price.add(line(translate("buyers.only", Words.of(said.interval())), "quiet"));
        }
        PriceText.tiers(said.model()).forEach(tier -> price.add(line(tier, "quiet")));
        Optional.ofNullable(listed.yearSaving()).filter(saving -> chosen != null).ifPresent(saving -> price.add(line(saving(saving), "quiet")));
        listed.offers().forEach(offer -> price.add(offer(offer)));
        return price;
    }

    /** By the year one saves, by the month one could. */
    private String saving(YearSaving saving) {
        String percent = Figures.percent(saving.percent());
        boolean year = interval == Interval.YEAR;
        if (saving.uniform() && saving.amount() != null) {
            return translate(year ? "buyers.saves" : "buyers.could.save", Figures.money(saving.amount()), percent);
        }
        return translate(year ? "buyers.saves.least" : "buyers.could.save.least", percent);
    }

    private Div offer(Offer offer) {
        Badge badge = new Badge(OfferText.discount(offer));
        badge.addThemeVariants(BadgeVariant.SUCCESS);
        return new Div(badge, new Text(" "), line(translate("buyers.offer", offer.name(), When.minuteText(offer.over(), ZoneOffset.UTC)), "quiet"));
    }

    private Div includes(Listed listed) {
        Div includes = new Div();
        Plan below = listed.everythingIn();
        if (below != null) {
            includes.add(new Paragraph(translate(listed.adds().isEmpty() ? "buyers.everything" : "buyers.everything.plus", below.name())));
        }
        UnorderedList items = new UnorderedList();
        listed.adds().forEach(granted -> items.add(new ListItem(granted(granted, listed))));
        if (items.getComponentCount() > 0) {
            includes.add(items);
        }
        return includes;
    }

    private String granted(PlanEntitlement granted, Listed listed) {
        String name = granted.feature().name();
        String what = switch (granted.feature().kind()) {
            case GATE -> name;
            case SETTING, ALLOWANCE, METER -> translate("addon.grants.amount", name, EntitlementText.amount(granted, listed.version()));
        };
        return Optional.ofNullable(granted.overage().get(table.currency()))
                .map(each -> translate("buyers.overage", what, Figures.unitPrice(each)))
                .orElse(what);
    }

    private String together(Bundle bundle) {
        String text = translate("buyers.bundle", bundle.name(), new BundleMembers(catalog).text(bundle), Figures.percent(bundle.off().percent()));
        return bundle.until() == null ? text : translate("buyers.bundle.until", text, When.minuteText(bundle.until(), ZoneOffset.UTC));
    }

    private static Span line(String text, String className) {
        Span line = new Span(text);
        line.addClassName(className);
        return line;
    }
}
