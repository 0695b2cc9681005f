package dev.headroom.sheet;

import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.VersionDiff.Change;
import dev.headroom.sheet.VersionDiff.PriceChange;
import dev.headroom.sheet.VersionDiff.TierChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares prices: those for one interval in one currency with each other; a line that does not say both, or says what another has said, stands alone. */
final class PriceDiffs {

    private static final int DECIMALS = 2;

    private PriceDiffs() {}

    static List<PriceChange> of(List<PriceLine> before, List<PriceLine> after) {
        SequencedMap<String, PriceLine> old = identified(before);
        SequencedMap<String, PriceLine> now = identified(after);
        Stream<PriceChange> known = Stream.concat(old.keySet().stream(), now.keySet().stream()).distinct()
                .map(identity -> change(old.get(identity), now.get(identity)))
                .flatMap(Optional::stream);
        // The same words twice are no difference, whichever line they are in.
        List<PriceLine> left = rest(before, old);
        List<PriceLine> come = new ArrayList<>(rest(after, now));
        left = left.stream().filter(line -> !removeSame(come, line)).toList();
        return Stream.concat(known, Stream.concat(left.stream().map(line -> alone(line, null)), come.stream().map(line -> alone(null, line)))).toList();
    }

    private static SequencedMap<String, PriceLine> identified(List<PriceLine> lines) {
        SequencedMap<String, PriceLine> identified = new LinkedHashMap<>();
        lines.stream().filter(line -> line.interval() != null && line.currency() != null && !line.currency().isBlank())
                .forEach(line -> identified.putIfAbsent(line.interval() + " " + code(line), line));
        return identified;
    }

    private static String code(PriceLine line) {
        return Objects.requireNonNullElse(line.currency(), "").toUpperCase(Locale.ROOT);
    }

    private static List<PriceLine> rest(List<PriceLine> lines, SequencedMap<String, PriceLine> identified) {
        return lines.stream().filter(line -> identified.values().stream().noneMatch(known -> known == line)).toList();
    }

    private static boolean removeSame(List<PriceLine> among, PriceLine line) {
        return among.stream().filter(other -> same(other, line)).findFirst().map(among::remove).orElse(false);
    }

    private static Optional<PriceChange> change(@Nullable PriceLine before, @Nullable PriceLine after) {
        if (before == null || after == null) {
            return Optional.of(alone(before, after));
        }
        return same(before, after) ? Optional.empty() : Optional.of(new PriceChange(
                Change.CHANGED, after.interval(), code(after), before, after, percent(before, after), tiers(before, after)));
    }

    private static PriceChange alone(@Nullable PriceLine before, @Nullable PriceLine after) {
        PriceLine there = Objects.requireNonNull(before == null ? after : before);
        String currency = code(there);
        return new PriceChange(
                before == null ? Change.ADDED : Change.REMOVED, there.interval(), currency.isBlank() ? null : currency, before, after, null, List.of());
    }

    /** Finished prices are the same when they charge the same, others when they are written the same. */
    private static boolean same(PriceLine one, PriceLine other) {
        Optional<Price> price = one.price();
        return price.isPresent() || other.price().isPresent() ? price.equals(other.price()) : one.named("").equals(other.named(""));
    }

    private static @Nullable String percent(PriceLine before, PriceLine after) {
        return before.price().flatMap(old -> after.price().map(now -> percent(old.model(), now.model()))).orElse(null);
    }

    private static @Nullable String percent(ChargeModel before, ChargeModel after) {
        if (before instanceof ChargeModel.Flat(var old) && after instanceof ChargeModel.Flat(var now)) {
            return rise(BigDecimal.valueOf(old.minor()), BigDecimal.valueOf(now.minor()));
        }
        if (before instanceof ChargeModel.PerSeat(var old) && after instanceof ChargeModel.PerSeat(var now)) {
            return rise(old.minor(), now.minor());
        }
        boolean packages = before instanceof ChargeModel.Packaged(long size, var _) && after instanceof ChargeModel.Packaged(long other, var _) && size == other;
        return packages ? rise(((ChargeModel.Packaged) before).each().minor(), ((ChargeModel.Packaged) after).each().minor()) : null;
    }

    /** Null from nothing, of which everything is infinitely more. */
    private static @Nullable String rise(BigDecimal before, BigDecimal after) {
        return before.signum() == 0 ? null : FieldDiffs.plain(
                after.subtract(before).movePointRight(2).divide(before, DECIMALS, RoundingMode.HALF_UP).toPlainString());
    }

    private static List<TierChange> tiers(PriceLine before, PriceLine after) {
        List<TierLine> old = before.tiers();
        List<TierLine> now = after.tiers();
        if (old.isEmpty() || now.isEmpty() || !before.chosen().equals(after.chosen())) {
            return List.of();
        }
        return IntStream.range(0, Math.max(old.size(), now.size()))
                .mapToObj(i -> tier(i + 1, i < old.size() ? old.get(i) : null, i < now.size() ? now.get(i) : null))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<TierChange> tier(int number, @Nullable TierLine before, @Nullable TierLine after) {
        if (before == null || after == null) {
            return Optional.of(new TierChange(before == null ? Change.ADDED : Change.REMOVED, number, before, after, null));
        }
        boolean ends = Objects.equals(before.upTo(), after.upTo());
        boolean units = Objects.equals(unit(before), unit(after));
        boolean fees = fee(before) == fee(after);
        if (ends && units && fees) {
            return Optional.empty();
        }
        String percent = ends && fees ? unitRise(before, after) : null;
        if (ends && units) {
            percent = rise(BigDecimal.valueOf(fee(before)), BigDecimal.valueOf(fee(after)));
        }
        return Optional.of(new TierChange(Change.CHANGED, number, before, after, percent));
    }

    private static @Nullable String unitRise(TierLine before, TierLine after) {
        return Decimals.parse(unit(before)).flatMap(old -> Decimals.parse(unit(after)).map(now -> rise(old, now))).orElse(null);
    }

    private static @Nullable String unit(TierLine tier) {
        return tier.unit() == null || tier.unit().isBlank() ? "0" : FieldDiffs.plain(tier.unit());
    }

    private static long fee(TierLine tier) {
        return Objects.requireNonNullElse(tier.fee(), 0L);
    }
}
