package dev.headroom.console.diff;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Plan;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.console.catalog.PriceText;
import dev.headroom.draft.DraftPart;
import dev.headroom.limits.Limit;
import dev.headroom.money.Currencies;
import dev.headroom.money.UnitPrice;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.VersionDiff.Change;
import dev.headroom.sheet.VersionDiff.EntitlementChange;
import dev.headroom.sheet.VersionDiff.FieldChange;
import dev.headroom.sheet.VersionDiff.PriceChange;
import dev.headroom.sheet.VersionDiff.TierChange;
import dev.headroom.sheet.Visibility;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Differences in the reader's language, line by line.
 *
 * @param kind of what was compared
 */
public record DiffText(CatalogSnapshot known, Plan.Kind kind) {

    /**
     * One difference.
     *
     * @param before  absent where it was added
     * @param after   absent where it was removed
     * @param percent by which it rises, where that means something
     */
    record Line(String what, @Nullable String before, @Nullable String after, @Nullable String percent) {}

    /** What a price is for: "Price a month in USD". */
    public static String price(@Nullable Interval interval, @Nullable String currency) {
        if (interval == null && currency == null) {
            return translate("diff.price.none");
        }
        if (interval == null || currency == null) {
            return interval == null ? translate("diff.price.in", currency) : translate("diff.price.every", Words.of(interval));
        }
        return translate("diff.price", Words.of(interval), currency);
    }

    /** What a part of a draft is called, by what stands in it. */
    public String part(DraftPart part, @Nullable Object value) {
        return switch (part.kind()) {
            case NAME -> translate("draft.name");
            case DESCRIPTION -> translate("draft.description");
            case RANK -> translate("draft.rank");
            case VISIBILITY -> translate("draft.visibility");
            case PRICE -> value instanceof PriceLine line ? price(line.interval(), line.currency()) : translate("diff.price.none");
            case ENTITLEMENT -> feature(part.line());
        };
    }

    private String feature(String key) {
        return known.feature(key).map(Feature::name).orElse(key);
    }

    Line of(FieldChange change) {
        return switch (change.field()) {
            case "name" -> line(translate("draft.name"), change);
            case "description" -> line(translate("draft.description"), change);
            case "rank" -> line(translate("draft.rank"), change);
            case "visibility" -> new Line(translate("draft.visibility"), visibility(change.before()), visibility(change.after()), null);
            case String other -> line(other, change);
        };
    }

    private static Line line(String what, FieldChange change) {
        return new Line(what, blank(change.before()), blank(change.after()), null);
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable String visibility(@Nullable String name) {
        return name == null ? null : Words.of(Visibility.valueOf(name));
    }

    Stream<Line> of(PriceChange change) {
        String what = price(change.interval(), change.currency());
        Line whole = new Line(what, price(change.before()), price(change.after()), percent(change.percent()));
        Stream<Line> tiers = change.tiers().stream().map(tier -> tier(what, tier, change.currency()));
        return change.tiers().isEmpty() ? Stream.of(whole) : tiers;
    }

    private @Nullable String price(@Nullable PriceLine line) {
        return line == null ? null : line.price().map(price -> PriceText.brief(price, kind)).orElseGet(() -> translate("diff.price.unfinished"));
    }

    private static @Nullable String percent(@Nullable String percent) {
        return percent == null ? null : (percent.startsWith("-") ? "" : "+") + Figures.percent(new BigDecimal(percent));
    }

    private static Line tier(String price, TierChange change, @Nullable String currency) {
        return new Line(
                translate("diff.tier", price, change.number()), tier(change.before(), currency), tier(change.after(), currency), percent(change.percent()));
    }

    private static @Nullable String tier(@Nullable TierLine tier, @Nullable String currency) {
        if (tier == null) {
            return null;
        }
        String unit = amount(tier.unit(), currency);
        String each = tier.upTo() == null ? translate("diff.tier.open", unit) : translate("diff.tier.upTo", Figures.number(tier.upTo()), unit);
        return tier.fee() == null || tier.fee() == 0 ? each : translate("diff.tier.fee", each, amount(String.valueOf(tier.fee()), currency));
    }

    /** What is no amount yet is as it was typed. */
    private static String amount(@Nullable String minor, @Nullable String currency) {
        String typed = minor == null || minor.isBlank() ? "0" : minor;
        return currency(currency).flatMap(in -> number(typed).map(number -> Figures.unitPrice(new UnitPrice(number, in)))).orElse(typed);
    }

    /** The one that was meant, if it is one that can be billed in. */
    public static Optional<Currency> currency(@Nullable String code) {
        return Currencies.supported().stream().filter(known -> known.getCurrencyCode().equalsIgnoreCase(Objects.requireNonNullElse(code, ""))).findFirst();
    }

    private static Optional<BigDecimal> number(String minor) {
        return minor.matches("[0-9]{1,18}(\\.[0-9]{1,12})?") ? Optional.of(new BigDecimal(minor)) : Optional.empty();
    }

    Stream<Line> of(EntitlementChange change) {
        String name = feature(change.feature());
        return change.change() == Change.CHANGED
                ? change.fields().stream().map(field -> of(name, field))
                : Stream.of(new Line(name, granted(change.before()), granted(change.after()), null));
    }

    private @Nullable String granted(@Nullable EntitlementLine line) {
        if (line == null) {
            return null;
        }
        if (line.setting() != null) {
            return line.setting();
        }
        return known.feature(line.feature()).map(Feature::kind).filter(kind -> kind == FeatureKind.GATE || kind == FeatureKind.SETTING).isPresent()
                ? translate("entitlement.included")
                : Figures.limit(line.included());
    }

    private Line of(String name, FieldChange change) {
        return switch (change.field()) {
            case "included" -> new Line(translate("diff.included", name), limit(change.before()), limit(change.after()), null);
            case "policy" -> new Line(translate("diff.policy", name), policy(change.before()), policy(change.after()), null);
            case "softLimit" -> numbers(translate("diff.softLimit", name), change);
            case "graceDays" -> numbers(translate("diff.graceDays", name), change);
            case "gracePercent" -> numbers(translate("diff.gracePercent", name), change);
            case "setting" -> new Line(name, change.before(), change.after(), null);
            case String overage -> {
                String currency = overage.substring(overage.indexOf('[') + 1, overage.length() - 1);
                yield new Line(translate("diff.overage", name, currency), beyond(change.before(), currency), beyond(change.after(), currency), null);
            }
        };
    }

    private static @Nullable String beyond(@Nullable String minor, String currency) {
        return minor == null ? null : amount(minor, currency);
    }

    private static Line numbers(String what, FieldChange change) {
        return new Line(what, number(change.before(), null), number(change.after(), null), null);
    }

    private static @Nullable String number(@Nullable String number, @Nullable String absent) {
        return number == null ? absent : Figures.number(Long.parseLong(number));
    }

    private static @Nullable String limit(@Nullable String units) {
        return number(units, Figures.limit(null));
    }

    private static @Nullable String policy(@Nullable String policy) {
        return policy == null ? null : Words.of(Limit.Policy.valueOf(policy));
    }
}
