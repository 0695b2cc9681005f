package dev.headroom.sheet;

import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Price;
import dev.headroom.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One price in an editor's words; what was typed for another charge model than the chosen one may stay beside it and means nothing.
 *
 * @param id       unique in its sheet, whatever becomes of interval and currency; names the line in the path of a finding
 * @param currency as it was typed
 * @param model    absent for the one whose numbers are given
 * @param flat     minor units
 * @param perSeat  a decimal number of minor units, as it was typed
 */
public record PriceLine(
        String id, @Nullable Interval interval, @Nullable String currency, @Nullable Model model, @Nullable Long flat, @Nullable String perSeat,
        @Nullable List<TierLine> volume, @Nullable List<TierLine> graduated, @Nullable PackageLine packaged) {

    /** How a quantity becomes a price: the name of a {@link ChargeModel}. */
    public enum Model {
        FLAT,
        PER_SEAT,
        VOLUME,
        GRADUATED,
        PACKAGED;

        public static Model of(ChargeModel model) {
            return switch (model) {
                case ChargeModel.Flat _ -> FLAT;
                case ChargeModel.PerSeat _ -> PER_SEAT;
                case ChargeModel.Volume _ -> VOLUME;
                case ChargeModel.Graduated _ -> GRADUATED;
                case ChargeModel.Packaged _ -> PACKAGED;
            };
        }
    }

    /**
     * @param upTo absent in the last tier
     * @param unit a decimal number of minor units, as it was typed; absent is 0
     * @param fee  minor units; absent is 0
     */
    public record TierLine(@Nullable Long upTo, @Nullable String unit, @Nullable Long fee) {

        private static TierLine of(ChargeModel.Tier tier) {
            return new TierLine(tier.upTo(), tier.unit().minor().toPlainString(), tier.flatFee().minor());
        }
    }

    /** @param each a decimal number of minor units, as it was typed */
    public record PackageLine(@Nullable Long size, @Nullable String each) {}

    public static PriceLine of(String id, Price price) {
        String currency = price.currency().getCurrencyCode();
        Interval interval = price.interval();
        return switch (price.model()) {
            case ChargeModel.Flat flat -> new PriceLine(id, interval, currency, Model.FLAT, flat.fee().minor(), null, null, null, null);
            case ChargeModel.PerSeat each ->
                new PriceLine(id, interval, currency, Model.PER_SEAT, null, each.seat().minor().toPlainString(), null, null, null);
            case ChargeModel.Volume volume -> new PriceLine(id, interval, currency, Model.VOLUME, null, null, tiers(volume.tiers()), null, null);
            case ChargeModel.Graduated graduated ->
                new PriceLine(id, interval, currency, Model.GRADUATED, null, null, null, tiers(graduated.tiers()), null);
            case ChargeModel.Packaged packaged -> new PriceLine(
                    id, interval, currency, Model.PACKAGED, null, null, null, null, new PackageLine(packaged.size(), packaged.each().minor().toPlainString()));
        };
    }

    private static List<TierLine> tiers(List<ChargeModel.Tier> tiers) {
        return tiers.stream().map(TierLine::of).toList();
    }

    /** The same under another id. */
    public PriceLine named(String other) {
        return new PriceLine(other, interval, currency, model, flat, perSeat, volume, graduated, packaged);
    }

    /** The price that it says; empty while something is missing or wrong. */
    public Optional<Price> price() {
        return new PriceReading(this, new Findings()).price();
    }

    /** The one that was chosen, or else the only one that was given. */
    public Optional<Model> chosen() {
        if (model != null) {
            return Optional.of(model);
        }
        List<Model> given = new ArrayList<>();
        if (flat != null) {
            given.add(Model.FLAT);
        }
        if (perSeat != null) {
            given.add(Model.PER_SEAT);
        }
        if (volume != null) {
            given.add(Model.VOLUME);
        }
        if (graduated != null) {
            given.add(Model.GRADUATED);
        }
        if (packaged != null) {
            given.add(Model.PACKAGED);
        }
        return given.size() == 1 ? Optional.of(given.getFirst()) : Optional.empty();
    }

    /** The tiers of the chosen model. */
    public List<TierLine> tiers() {
        return chosen().map(of -> switch (of) {
            case VOLUME -> volume;
            case GRADUATED -> graduated;
            case FLAT, PER_SEAT, PACKAGED -> null;
        }).orElse(List.of());
    }
}
