package dev.headroom.exchange;

import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Offer.OfferDuration;
import dev.headroom.error.HeadroomException;
import dev.headroom.exchange.CatalogFile.OfferPart;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.yaml.YamlFields;
import dev.headroom.yaml.YamlReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what a file asks for of an offer. */
final class OfferReading {

    static final Set<String> OFFER = Set.of(
            "key", "name", "percentOff", "amountOff", "duration", "months", "from", "until", "plans", "existingCustomers", "redemptionCap", "ended");
    static final Set<String> AMOUNT = Set.of("minor", "currency");

    private final FileReading file;
    private final YamlReading reading;

    OfferReading(FileReading file, YamlReading reading) {
        this.file = file;
        this.reading = reading;
    }

    Optional<OfferPart> offer(YamlFields fields, String product) {
        Optional<String> key = file.key(fields, "offer");
        String name = file.name(fields);
        fields.need("duration", "ONCE, MONTHS or FOREVER");
        fields.need("from", "from when on it can be taken");
        fields.need("until", "until when it can be taken");
        Optional<Reduction> reduction = reduction(fields);
        Optional<Term> term = fields.word("duration", OfferDuration.class)
                .flatMap(duration -> allowed(fields, () -> CreateOffer.term(duration, fields.number("months").orElse(null))));
        Optional<Instant> from = fields.instant("from");
        Optional<Instant> until = fields.instant("until");
        boolean ended = fields.flag("ended").orElse(false);
        boolean existing = fields.flag("existingCustomers").orElse(false);
        Integer cap = fields.number("redemptionCap").orElse(null);
        List<String> plans = fields.texts("plans");
        if (key.isEmpty() || reduction.isEmpty() || term.isEmpty() || from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OfferPart(fields.path(), new CreateOffer(
                file.command(fields), product, key.get(), name, reduction.get(), term.get(), from.get(), until.get(), plans, existing, cap), ended));
    }

    private Optional<Reduction> reduction(YamlFields fields) {
        Optional<BigDecimal> percent = file.decimal(fields, "percentOff");
        Optional<YamlFields> amount = fields.fields("amountOff", AMOUNT);
        amount.ifPresent(off -> off.need("minor", "minor units, at least 1"));
        amount.ifPresent(off -> off.need("currency", "ISO 4217, such as USD"));
        Optional<Long> minor = amount.flatMap(off -> off.whole("minor"));
        Optional<String> currency = amount.flatMap(off -> off.text("currency"));
        boolean unread = fields.has("percentOff") && percent.isEmpty() || fields.has("amountOff") && (minor.isEmpty() || currency.isEmpty());
        return unread ? Optional.empty() : allowed(fields, () -> CreateOffer.reduction(percent.orElse(null), minor.orElse(null), currency.orElse(null)));
    }

    private <T> Optional<T> allowed(YamlFields fields, Supplier<T> making) {
        try {
            return Optional.of(making.get());
        } catch (HeadroomException refused) {
            reading.refused(Paths.below(fields.path(), refused.field()), String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }
}
