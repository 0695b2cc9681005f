package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Automatic tax at one rate, on top of what is net of discounts, wherever the customer is. */
final class Taxation {

    private final String rate;
    /** None: then nobody can ask for automatic tax. */
    private volatile @Nullable BigDecimal percent;

    /** @param rate the id of the tax rate, which invoices name */
    Taxation(@Nullable BigDecimal percent, String rate) {
        this.percent = percent;
        this.rate = rate;
    }

    /** Another rate from now on. */
    void rate(@Nullable BigDecimal other) {
        percent = other;
    }

    /** Reads {@code automatic_tax} of a request into a subscription. */
    void read(Parameters parameters, ObjectNode subscription) {
        Parameters sent = parameters.hash("automatic_tax");
        Boolean enabled = sent.flag("enabled");
        if (enabled == null) {
            return;
        }
        if (enabled && percent == null) {
            throw StripeError.unsupported(sent.at("enabled"), "The sandbox computes taxes only when it is started with a tax rate.");
        }
        ObjectNode shown = subscription.putObject("automatic_tax").putNull("disabled_reason").put("enabled", enabled).putNull("liability");
        if (enabled) {
            shown.putObject("liability").put("type", "self");
        }
    }

    /**
     * Taxes an invoice's lines: as Stripe Tax does, the exact taxes are summed and rounded once; a line shows what it adds to the
     * rounded sum. Credits have negative tax.
     *
     * @param subscription which says whether it is taxed
     */
    void tax(ObjectNode invoice, List<ObjectNode> lines, ObjectNode subscription) {
        if (percent == null || !Json.flag(subscription.path("automatic_tax"), "enabled")) {
            return;
        }
        ObjectNode shown = invoice.putObject("automatic_tax").putNull("disabled_reason").put("enabled", true);
        shown.putObject("liability").put("type", "self");
        shown.put("provider", "stripe").put("status", "complete");
        Reason reason = Reason.of(Json.text(invoice, "customer_tax_exempt"));
        long taxable = 0;
        long tax = 0;
        for (ObjectNode line : lines) {
            long discounted = Json.number(line, "amount")
                    - Json.objects(line.path("discount_amounts")).stream().mapToLong(each -> Json.number(each, "amount")).sum();
            taxable += discounted;
            long sum = reason == Reason.STANDARD_RATED ? of(taxable) : 0;
            line.putArray("taxes").add(document(sum - tax, discounted, reason));
            tax = sum;
        }
        invoice.putArray("total_taxes").add(document(tax, taxable, reason));
        invoice.put("total", Json.number(invoice, "total_excluding_tax") + tax);
    }

    private enum Reason {
        STANDARD_RATED, CUSTOMER_EXEMPT, REVERSE_CHARGE;

        static Reason of(@Nullable String exemption) {
            return switch (exemption == null ? "none" : exemption) {
                case "exempt" -> CUSTOMER_EXEMPT;
                case "reverse" -> REVERSE_CHARGE;
                case String other -> STANDARD_RATED;
            };
        }
    }

    private long of(long taxable) {
        BigDecimal exact = BigDecimal.valueOf(taxable).multiply(Objects.requireNonNullElse(percent, BigDecimal.ZERO)).movePointLeft(2);
        return exact.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private ObjectNode document(long amount, long taxable, Reason reason) {
        ObjectNode tax = Json.object().put("amount", amount).put("tax_behavior", "exclusive").put("taxability_reason", Parameters.spelling(reason));
        tax.put("taxable_amount", taxable).put("type", "tax_rate_details").putObject("tax_rate_details").put("tax_rate", rate);
        return tax;
    }
}
