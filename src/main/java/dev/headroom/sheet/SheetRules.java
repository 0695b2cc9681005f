package dev.headroom.sheet;

import dev.headroom.error.Check;
import dev.headroom.money.Currencies;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.Finding.Rule;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with a sheet: all of it, in the order in which a form has its fields. Whatever is put on sale is held to this and nothing else. */
public final class SheetRules {

    private static final int HIGHEST_RANK = 1_000;
    private static final Pattern MARKUP = Pattern.compile("<[a-zA-Z/!][^>]*>");
    /** What a spreadsheet would calculate. */
    private static final String FORMULA = "=+-@\t";

    private SheetRules() {}

    public static List<Finding> findings(PlanSheet sheet, SheetFacts facts) {
        Findings found = new Findings();
        texts(sheet, facts, found);
        Map<String, Price> prices = prices(sheet.prices(), found);
        currencies(sheet.prices(), facts, found);
        new EntitlementRules(facts, currencies(sheet.prices()), found).look(sheet.entitlements());
        if (facts.addOn()) {
            AddOnRules.look(sheet, facts, List.copyOf(prices.values()), found);
        }
        return found.all();
    }

    /** What is wrong with prices alone. */
    public static List<Finding> prices(List<PriceLine> lines) {
        Findings found = new Findings();
        prices(lines, found);
        return found.all();
    }

    private static void texts(PlanSheet sheet, SheetFacts facts, Findings found) {
        found.made(Rule.FORMAT, "key", () -> Check.key("key", Objects.requireNonNullElse(sheet.key(), "")));
        if (facts.keyTaken()) {
            found.error(Rule.KEY_TAKEN, "key", "Something else is sold under this key");
        }
        String name = Objects.requireNonNullElse(sheet.name(), "");
        found.made(name.isBlank() ? Rule.REQUIRED : Rule.FORMAT, "name", () -> Check.text("name", name));
        plain("name", name, found);
        plain("description", sheet.description(), found);
        Integer rank = sheet.rank();
        if (rank == null) {
            found.error(Rule.REQUIRED, "rank", "Say where it stands among the others, 0 to " + HIGHEST_RANK);
        } else {
            found.made(Rule.RANGE, "rank", () -> Check.between("rank", rank, 0, HIGHEST_RANK));
        }
    }

    /** Of any text that is shown as it was typed, what could be meant to be interpreted; nothing of it blocks. */
    public static List<Finding> text(String path, @Nullable String text) {
        Findings found = new Findings();
        plain(path, text, found);
        return found.all();
    }

    private static void plain(String path, @Nullable String text, Findings found) {
        String typed = Objects.requireNonNullElse(text, "").stripLeading();
        if (MARKUP.matcher(typed).find()) {
            found.warning(Rule.TEXT, path, "It has markup in it, which is shown as it is typed");
        }
        if (!typed.isEmpty() && FORMULA.indexOf(typed.charAt(0)) >= 0) {
            found.warning(Rule.TEXT, path, "It begins like a formula; it is text, and shown as it is typed");
        }
    }

    /** By line, those that can be read. */
    private static Map<String, Price> prices(List<PriceLine> lines, Findings found) {
        if (lines.isEmpty()) {
            found.error(Rule.REQUIRED, "prices", "There must be at least one price; what is free has the price 0");
        }
        Map<String, Price> read = new HashMap<>();
        lines.forEach(line -> new PriceReading(line, found).price().ifPresent(price -> read.put(line.id(), price)));
        Set<Object> seen = new HashSet<>();
        for (PriceLine line : lines) {
            Optional<Currency> currency = currencyOf(line);
            if (line.interval() != null && currency.isPresent() && !seen.add(Map.entry(line.interval(), currency.get()))) {
                found.error(Rule.DUPLICATE, "prices[" + line.id() + "].interval", "Two prices for " + line.interval() + " in " + currency.get());
            }
        }
        return read;
    }

    private static void currencies(List<PriceLine> lines, SheetFacts facts, Findings found) {
        Set<Currency> own = currencies(lines);
        facts.currencies().stream()
                .filter(other -> !lines.isEmpty() && !own.contains(other))
                .map(Currency::getCurrencyCode)
                .sorted()
                .forEach(other -> found.warning(
                        Rule.CURRENCY, "prices", "Other plans of the product are sold in " + other + ": who is billed in it cannot have this one"));
    }

    private static Set<Currency> currencies(List<PriceLine> lines) {
        return lines.stream().map(SheetRules::currencyOf).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    /** Whichever of the supported ones was meant. */
    private static Optional<Currency> currencyOf(PriceLine line) {
        return Stream.ofNullable(line.currency()).flatMap(text -> Currencies.supported().stream()
                .filter(known -> known.getCurrencyCode().equalsIgnoreCase(text))).findFirst();
    }
}
