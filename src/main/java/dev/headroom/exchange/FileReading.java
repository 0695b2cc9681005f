package dev.headroom.exchange;

import dev.headroom.bundle.CreateBundle;
import dev.headroom.bundle.CreateBundle.NewMember;
import dev.headroom.catalog.CreateProduct;
import dev.headroom.catalog.CreateProduct.NewFeature;
import dev.headroom.catalog.Plan;
import dev.headroom.exchange.CatalogFile.BundlePart;
import dev.headroom.exchange.CatalogFile.OwnPart;
import dev.headroom.exchange.CatalogFile.PlanPart;
import dev.headroom.exchange.CatalogFile.ProductPart;
import dev.headroom.exchange.CatalogFile.RulePart;
import dev.headroom.policy.AddTransitionRule;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.SetCreditGuard;
import dev.headroom.policy.Transition;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.yaml.YamlFields;
import dev.headroom.yaml.YamlReading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a file asks for, and notes everything that keeps some of it from being asked for. What is right in itself, others say. */
final class FileReading {

    /** The one way in which a file is written so far. */
    static final int FORM = 1;

    static final Set<String> FILE = Set.of("catalog", "products", "bundles");
    static final Set<String> PRODUCT = Set.of(
            "key", "name", "description", "creditGuard", "features", "plans", "addOns", "offers", "transitionRules");
    static final Set<String> GUARD = Set.of("days", "measure");
    static final Set<String> RULE = Set.of("kind", "from", "to", "transition");
    static final Set<String> BUNDLE = Set.of("key", "name", "percentOff", "members", "from", "until");
    static final Set<String> MEMBER = Set.of("product", "addOn", "reduced");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");

    private final YamlReading reading;
    private final String run;
    private final Map<String, Integer> taken = new HashMap<>();

    /** @param run with which the idempotency keys of the commands begin */
    FileReading(YamlReading reading, String run) {
        this.reading = reading;
        this.run = run;
    }

    CatalogFile file() {
        YamlFields root = reading.fields(FILE).orElse(null);
        if (root == null) {
            return new CatalogFile(List.of(), List.of());
        }
        root.need("catalog", "begin the file with catalog: " + FORM + ", which says how it is written");
        root.number("catalog").filter(form -> form != FORM).ifPresent(form ->
                reading.wrong("catalog", "A file is written in the form " + FORM + "; the form " + form + " is not known here"));
        return new CatalogFile(
                root.each("products", PRODUCT).stream().map(this::product).flatMap(Optional::stream).toList(),
                root.each("bundles", BUNDLE).stream().map(this::bundle).flatMap(Optional::stream).toList());
    }

    private Optional<ProductPart> product(YamlFields fields) {
        String key = key(fields, "product").orElse(null);
        FeatureReading features = new FeatureReading(this);
        OfferReading offers = new OfferReading(this, reading);
        SequencedMap<String, NewFeature> read = new LinkedHashMap<>();
        fields.each("features", FeatureReading.FEATURE).forEach(each -> features.feature(each).ifPresent(feature -> read.put(each.path(), feature)));
        CreateProduct product = new CreateProduct(
                command(fields), Optional.ofNullable(key).orElse(""), name(fields), fields.text("description").orElse(null), List.copyOf(read.values()));
        ProductPart part = new ProductPart(
                fields.path(), product, List.copyOf(read.keySet()), plans(fields), fields.each("offers", OfferReading.OFFER).stream()
                        .map(offer -> offers.offer(offer, product.key())).flatMap(Optional::stream).toList(),
                fields.each("transitionRules", RULE).stream().map(rule -> rule(rule, product.key())).flatMap(Optional::stream).toList(),
                fields.fields("creditGuard", GUARD).flatMap(guard -> guard(guard, product.key())).orElse(null));
        return key == null ? Optional.empty() : Optional.of(part);
    }

    private List<PlanPart> plans(YamlFields product) {
        List<PlanPart> parts = new ArrayList<>();
        for (YamlFields fields : product.each("plans", PlanReading.PLAN)) {
            fields.need("rank", "higher is more, 0 to 1000");
            plan(fields, Plan.Kind.TIER).ifPresent(parts::add);
        }
        product.each("addOns", PlanReading.PLAN).forEach(fields -> plan(fields, Plan.Kind.ADD_ON).ifPresent(parts::add));
        return parts;
    }

    private Optional<PlanPart> plan(YamlFields fields, Plan.Kind kind) {
        Optional<String> key = key(fields, "plan");
        PlanSheet sheet = PlanReading.sheet(fields, key.orElse(""), name(fields));
        OwnPart own = PlanReading.own(fields);
        boolean first = kind == Plan.Kind.ADD_ON && sheet.rank() == null;
        return key.map(_ -> new PlanPart(fields.path(), kind, first ? sheet.withRank(0) : sheet, own));
    }

    private Optional<RulePart> rule(YamlFields fields, String product) {
        fields.need("kind", "what the change does: " + String.join(", ", Stream.of(ChangeKind.values()).map(Enum::name).toList()));
        fields.need("transition", "how it is made: " + String.join(", ", Stream.of(Transition.values()).map(Enum::name).toList()));
        String from = fields.text("from").orElse(null);
        String to = fields.text("to").orElse(null);
        return fields.word("kind", ChangeKind.class)
                .filter(kind -> free(fields, "kind", "rule " + product + " " + kind + " " + from + " " + to, "Another rule speaks of the same changes"))
                .flatMap(kind -> fields.word("transition", Transition.class)
                        .map(transition -> new RulePart(fields.path(), new AddTransitionRule(command(fields), product, kind, from, to, transition))));
    }

    private Optional<SetCreditGuard> guard(YamlFields fields, String product) {
        fields.need("days", "0 to 366; 0 is no guard");
        fields.need("measure", "WAITS or NO_CREDIT");
        return fields.number("days").flatMap(days -> fields.word("measure", CreditGuard.Measure.class).map(measure -> new SetCreditGuard(product, days, measure)));
    }

    private Optional<BundlePart> bundle(YamlFields fields) {
        Optional<String> key = key(fields, "bundle");
        fields.need("percentOff", "more than 0 and at most 100");
        fields.need("members", "at least two, each a product or an add-on");
        String name = name(fields);
        List<NewMember> members = fields.each("members", MEMBER).stream()
                .map(member -> new NewMember(member.text("product").orElse(null), member.text("addOn").orElse(null), member.flag("reduced").orElse(null))).toList();
        return decimal(fields, "percentOff").flatMap(percent -> key.map(named -> new BundlePart(fields.path(), new CreateBundle(
                command(fields), named, name, percent, members, fields.instant("from").orElse(null), fields.instant("until").orElse(null)))));
    }

    // --- What every part has -----------------------------------------------------------------------------------------

    /** What the command of these fields is known by. */
    String command(YamlFields fields) {
        return run + ":" + fields.path();
    }

    /** Empty after noting that it is missing, or that something of the kind has it already. */
    Optional<String> key(YamlFields fields, String kind) {
        fields.need("key", "what your own system knows it by");
        return fields.text("key").filter(key -> free(fields, "key", kind + " " + key, "The key \"" + key + "\" is there already"));
    }

    private boolean free(YamlFields fields, String field, String what, String already) {
        Integer before = taken.putIfAbsent(what, fields.mark().line());
        if (before != null) {
            reading.wrong(fields.below(field), already + ", in line " + before);
        }
        return before == null;
    }

    String name(YamlFields fields) {
        fields.need("name", "what people see");
        return fields.text("name").orElse("");
    }

    Optional<BigDecimal> decimal(YamlFields fields, String field) {
        return fields.text(field).flatMap(text -> {
            if (DECIMAL.matcher(text).matches()) {
                return Optional.of(new BigDecimal(text));
            }
            reading.wrong(fields.below(field), "Expected a number such as 10 or 12.5, not \"" + text.substring(0, Math.min(40, text.length())) + "\"");
            return Optional.<BigDecimal>empty();
        });
    }
}
