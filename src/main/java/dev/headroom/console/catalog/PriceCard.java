package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.card.CardVariant;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.Plan;
import dev.headroom.console.Words;
import dev.headroom.pricing.Price;

/** One price as a sentence, its tiers as lines and as steps, and a line to try it with. */
final class PriceCard extends Card {

    PriceCard(Price price, Plan.Kind kind) {
        addThemeVariants(CardVariant.OUTLINED);
        setTitle(translate("price.title", Words.of(price.interval()), price.currency().getCurrencyCode()), 2);
        add(new Paragraph(PriceText.sentence(price, kind)));
        UnorderedList tiers = new UnorderedList();
        PriceText.tiers(price.model()).forEach(line -> tiers.add(new ListItem(line)));
        if (tiers.getComponentCount() > 0) {
            add(tiers, new TierChart(price));
        }
        TryLine line = new TryLine();
        line.show(price);
        add(line);
    }
}
