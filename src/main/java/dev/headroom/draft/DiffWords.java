package dev.headroom.draft;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PriceSummary;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.VersionDiff.EntitlementChange;
import dev.headroom.sheet.VersionDiff.FieldChange;
import dev.headroom.sheet.VersionDiff.PriceChange;
import dev.headroom.sheet.VersionDiff.TierChange;
import dev.headroom.time.Interval;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Differences as sentences: "Month, USD: $49.00 a seat a month → $59.00 a seat a month (+20.41 %)".
 *
 * @param kind   of what was compared
 * @param locale in which amounts and numbers are written
 */
record DiffWords(CatalogSnapshot known, Plan.Kind kind, Locale locale) {

    private static final String ARROW = " → ";

    String of(PriceChange change) {
        String what = interval(change.interval()) + ", " + Objects.requireNonNullElse(change.currency(), "no currency yet") + ": ";
        return what + switch (change.change()) {
            case ADDED -> "added, " + price(change.after());
            case REMOVED -> "removed, was " + price(change.before());
            case CHANGED -> price(change.before()) + ARROW + price(change.after()) + percent(change.percent());
        };
    }

    private static String interval(@Nullable Interval interval) {
        return interval == null ? "No interval yet" : switch (interval) {
            case MONTH -> "Month";
            case YEAR -> "Year";
        };
    }

    private String price(@Nullable PriceLine line) {
        return Optional.ofNullable(line).flatMap(PriceLine::price).map(price -> PriceSummary.of(price, kind, locale)).orElse("a price that is not finished");
    }

    private static String percent(@Nullable String percent) {
        return percent == null ? "" : " (" + (percent.startsWith("-") ? "" : "+") + percent + " %)";
    }

    String of(TierChange change, @Nullable String currency) {
        String what = "Tier " + change.number() + ": ";
        return what + switch (change.change()) {
            case ADDED -> "added, " + tier(change.after(), currency);
            case REMOVED -> "removed, was " + tier(change.before(), currency);
            case CHANGED -> tier(change.before(), currency) + ARROW + tier(change.after(), currency) + percent(change.percent());
        };
    }

    private String tier(@Nullable TierLine tier, @Nullable String currency) {
        if (tier == null) {
            return "";
        }
        String until = tier.upTo() == null ? "any more" : "up to " + number(tier.upTo());
        return until + " at " + amount(tier.unit(), currency) + " a unit" + (tier.fee() == null || tier.fee() == 0 ? "" : " and " + amount(String.valueOf(tier.fee()), currency));
    }

    /** What is not an amount yet is as it was typed. */
    private String amount(@Nullable String minor, @Nullable String currency) {
        String typed = minor == null || minor.isBlank() ? "0" : minor;
        PriceLine line = new PriceLine("", Interval.MONTH, currency, PriceLine.Model.PER_SEAT, null, typed, null, null, null);
        return line.price().map(Price::model).map(model -> model instanceof ChargeModel.PerSeat(var unit) ? PriceSummary.amount(unit, locale) : typed).orElse(typed);
    }

    String of(EntitlementChange change) {
        String name = feature(change.feature()).map(Feature::name).orElse(change.feature());
        return name + ": " + switch (change.change()) {
            case ADDED -> "added" + granted(change.after());
            case REMOVED -> "removed" + granted(change.before());
            case CHANGED -> change.fields().stream().map(this::field).collect(Collectors.joining("; "));
        };
    }

    private Optional<Feature> feature(String key) {
        return known.feature(key);
    }

    private String granted(@Nullable EntitlementLine line) {
        if (line == null || feature(line.feature()).filter(feature -> feature.kind() == FeatureKind.GATE).isPresent()) {
            return "";
        }
        if (line.setting() != null) {
            return ", " + line.setting();
        }
        return ", " + (line.included() == null ? "unlimited" : number(line.included()) + " included");
    }

    private String field(FieldChange change) {
        return switch (change.field()) {
            case "included" -> units(change.before(), "unlimited") + ARROW + units(change.after(), "unlimited") + " included";
            case "policy" -> "past the limit " + change.before() + ARROW + change.after();
            case "softLimit" -> "warns from " + units(change.before(), "nowhere") + ARROW + units(change.after(), "nowhere");
            case "graceDays" -> "grace " + units(change.before(), "0") + ARROW + units(change.after(), "0") + " days";
            case "gracePercent" -> "grace " + units(change.before(), "0") + ARROW + units(change.after(), "0") + " %";
            case "setting" -> Objects.requireNonNullElse(change.before(), "none") + ARROW + Objects.requireNonNullElse(change.after(), "none");
            case String overage -> {
                String currency = overage.substring(overage.indexOf('[') + 1, overage.length() - 1);
                yield "a unit past the limit " + each(change.before(), currency) + ARROW + each(change.after(), currency);
            }
        };
    }

    private String each(@Nullable String minor, String currency) {
        return minor == null ? "no price in " + currency : amount(minor, currency);
    }

    private String units(@Nullable String number, String absent) {
        return number == null ? absent : number(Long.parseLong(number));
    }

    private String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }
}
