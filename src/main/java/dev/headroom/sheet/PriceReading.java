package dev.headroom.sheet;

import dev.headroom.money.Currencies;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.Finding.Rule;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a price out of its line, and notes everything in it that is missing or that the pricing core refuses. */
final class PriceReading {

    private final PriceLine line;
    private final Findings found;
    private final String path;

    PriceReading(PriceLine line, Findings found) {
        this.line = line;
        this.found = found;
        this.path = "prices[" + line.id() + "]";
    }

    Optional<Price> price() {
        if (line.interval() == null) {
            found.error(Rule.REQUIRED, path + ".interval", "Say whether it is billed by the month or by the year");
        }
        Currency currency = currency();
        // Amounts are looked at even before there is a currency, so that everything wrong is told at once.
        ChargeModel model = line.chosen().map(chosen -> model(chosen, currency == null ? Currencies.supported().getFirst() : currency)).orElse(null);
        if (line.chosen().isEmpty()) {
            found.error(Rule.REQUIRED, path, "Give exactly one of flat, perSeat, volume, graduated, packaged");
        }
        Interval interval = line.interval();
        return interval == null || currency == null || model == null ? Optional.empty() : Optional.of(new Price(interval, currency, model));
    }

    private @Nullable Currency currency() {
        String text = line.currency();
        if (text == null || text.isBlank()) {
            found.error(Rule.REQUIRED, path + ".currency", "Say in which currency");
            return null;
        }
        return found.made(Rule.CURRENCY, path + ".currency", () -> Currencies.parse(text));
    }

    private @Nullable ChargeModel model(PriceLine.Model chosen, Currency currency) {
        return switch (chosen) {
            case FLAT -> flat(currency);
            case PER_SEAT -> Optional.ofNullable(unit(path + ".perSeat", line.perSeat(), currency)).map(ChargeModel.PerSeat::new).orElse(null);
            case VOLUME -> tiers(path + ".volume", line.tiers(), currency).map(ChargeModel.Volume::new).orElse(null);
            case GRADUATED -> tiers(path + ".graduated", line.tiers(), currency).map(ChargeModel.Graduated::new).orElse(null);
            case PACKAGED -> packaged(currency);
        };
    }

    private @Nullable ChargeModel flat(Currency currency) {
        Long fee = line.flat();
        if (fee == null) {
            found.error(Rule.REQUIRED, path + ".flat", "Say what it costs; what is free costs 0");
            return null;
        }
        return found.made(Rule.RANGE, path + ".flat", () -> new ChargeModel.Flat(new Money(fee, currency)));
    }

    private @Nullable ChargeModel packaged(Currency currency) {
        PriceLine.PackageLine given = line.packaged();
        Long size = given == null ? null : given.size();
        if (size == null) {
            found.error(Rule.REQUIRED, path + ".packaged.size", "Say how many units a package holds");
        }
        UnitPrice each = unit(path + ".packaged.each", given == null ? null : given.each(), currency);
        UnitPrice any = each == null ? new UnitPrice(BigDecimal.ZERO, currency) : each;
        ChargeModel model = size == null ? null : found.made(Rule.RANGE, path + ".packaged.size", () -> new ChargeModel.Packaged(size, any));
        return each == null ? null : model;
    }

    /** Null after noting what is wrong. */
    private @Nullable UnitPrice unit(String field, @Nullable String text, Currency currency) {
        if (text == null || text.isBlank()) {
            found.error(Rule.REQUIRED, field, "Say what it costs; what is free costs 0");
            return null;
        }
        return Decimals.unit(field, text, currency, found);
    }

    private Optional<List<Tier>> tiers(String field, List<TierLine> lines, Currency currency) {
        List<@Nullable Long> ends = new ArrayList<>();
        lines.forEach(tier -> ends.add(tier.upTo()));
        List<ChargeModel.MisplacedTier> misplaced = ChargeModel.misplaced(ends);
        misplaced.forEach(wrong -> found.error(Rule.TIERS, lines.isEmpty() ? field : field + "[" + wrong.tier() + "].upTo", wrong.why()));
        List<Tier> tiers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Stream.ofNullable(tier(field + "[" + i + "]", lines.get(i), currency)).forEach(tiers::add);
        }
        return misplaced.isEmpty() && tiers.size() == lines.size() ? Optional.of(tiers) : Optional.empty();
    }

    private @Nullable Tier tier(String field, TierLine tier, Currency currency) {
        UnitPrice free = new UnitPrice(BigDecimal.ZERO, currency);
        UnitPrice unit = tier.unit() == null || tier.unit().isBlank() ? free : Decimals.unit(field + ".unit", tier.unit(), currency, found);
        Money fee = new Money(Objects.requireNonNullElse(tier.fee(), 0L), currency);
        Tier made = found.made(Rule.RANGE, field + ".fee", () -> new Tier(tier.upTo(), unit == null ? free : unit, fee));
        return unit == null ? null : made;
    }
}
