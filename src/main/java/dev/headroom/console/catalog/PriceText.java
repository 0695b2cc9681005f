package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Flat;
import dev.headroom.pricing.ChargeModel.Graduated;
import dev.headroom.pricing.ChargeModel.Packaged;
import dev.headroom.pricing.ChargeModel.PerSeat;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.ChargeModel.Volume;
import dev.headroom.pricing.Price;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prices in words: a few for a list, a sentence for a page. */
public final class PriceText {

    private static final Currency LEADING = Currency.getInstance("USD");
    private static final String BETWEEN = " · ";

    private PriceText() {}

    /** The prices in dollars where there are any, because one row has room for one currency; otherwise in the first one. */
    static String summary(PlanVersion version) {
        return String.join(BETWEEN, lines(version));
    }

    /** The same one by one, for a cell that has room for some lines. */
    static List<String> lines(PlanVersion version) {
        boolean leads = version.prices().stream().anyMatch(price -> price.price().currency().equals(LEADING));
        return each(version, leads ? LEADING : version.prices().getFirst().price().currency()).toList();
    }

    /** Shortest interval first: "$299.00 a month · $2,990.00 a year". */
    public static String of(PlanVersion version, Currency currency) {
        return each(version, currency).collect(Collectors.joining(BETWEEN));
    }

    private static Stream<String> each(PlanVersion version, Currency currency) {
        return version.prices().stream()
                .map(PlanPrice::price)
                .filter(price -> price.currency().equals(currency))
                .sorted(Comparator.comparing(Price::interval))
                .map(price -> brief(price, version.plan().kind()));
    }

    /** A unit of a plan is a seat. */
    public static String brief(Price price, Plan.Kind kind) {
        String interval = Words.of(price.interval());
        return switch (price.model()) {
            case Flat flat -> translate("price.brief.flat", Figures.money(flat.fee()), interval);
            case PerSeat perSeat -> translate(kind == Plan.Kind.TIER ? "price.brief.seat" : "price.brief.each", Figures.unitPrice(perSeat.seat()), interval);
            case Volume volume -> from(volume.tiers(), kind, interval);
            case Graduated graduated -> from(graduated.tiers(), kind, interval);
            case Packaged packaged ->
                    translate("price.brief.package", Figures.unitPrice(packaged.each()), Figures.number(packaged.size()), interval);
        };
    }

    /** What the smallest purchase costs: the first tier, for that is where everybody begins. */
    private static String from(List<Tier> tiers, Plan.Kind kind, String interval) {
        Tier first = tiers.getFirst();
        if (first.flatFee().isZero()) {
            return translate(kind == Plan.Kind.TIER ? "price.brief.tiers" : "price.brief.tiers.each", Figures.unitPrice(first.unit()), interval);
        }
        return first.upTo() == null
                ? translate("price.brief.tiers.open", Figures.money(first.flatFee()), interval)
                : translate("price.brief.tiers.fee", Figures.money(first.flatFee()), Figures.number(first.upTo()), interval);
    }

    static String sentence(Price price, Plan.Kind kind) {
        String interval = Words.of(price.interval());
        boolean tier = kind == Plan.Kind.TIER;
        return switch (price.model()) {
            case Flat flat -> translate(tier ? "price.sentence.flat" : "price.sentence.once", Figures.money(flat.fee()), interval);
            case PerSeat perSeat -> translate(tier ? "price.sentence.seat" : "price.sentence.each", Figures.unitPrice(perSeat.seat()), interval);
            case Volume _ -> translate(tier ? "price.sentence.volume" : "price.sentence.volume.each", interval);
            case Graduated _ -> translate(tier ? "price.sentence.graduated" : "price.sentence.graduated.each", interval);
            case Packaged packaged ->
                    translate("price.sentence.package", Figures.number(packaged.size()), Figures.unitPrice(packaged.each()), interval);
        };
    }

    /** One line a tier; none for prices without. */
    static List<String> tiers(ChargeModel model) {
        return switch (model) {
            case Flat _, PerSeat _, Packaged _ -> List.of();
            case Volume volume -> lines(volume.tiers());
            case Graduated graduated -> lines(graduated.tiers());
        };
    }

    private static List<String> lines(List<Tier> tiers) {
        List<String> lines = new ArrayList<>();
        long first = 1;
        for (Tier tier : tiers) {
            lines.add(line(tier, first));
            first = tier.upTo() == null ? first : tier.upTo() + 1;
        }
        return lines;
    }

    private static String line(Tier tier, long first) {
        boolean each = tier.unit().minor().signum() != 0 || tier.flatFee().isZero();
        String price = each ? Figures.unitPrice(tier.unit()) : Figures.money(tier.flatFee());
        String units = tier.upTo() == null
                ? translate(each ? "price.tier.open" : "price.tier.flat.open", Figures.number(first), price)
                : translate(each ? "price.tier" : "price.tier.flat", Figures.number(first), Figures.number(tier.upTo()), price);
        return each && !tier.flatFee().isZero() ? translate("price.tier.fee", units, Figures.money(tier.flatFee())) : units;
    }
}
