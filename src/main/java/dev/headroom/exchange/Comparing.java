package dev.headroom.exchange;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.error.Refusals;
import dev.headroom.exchange.FileDifference.Effect;
import dev.headroom.exchange.FileDifference.Subject;
import dev.headroom.exchange.CatalogFile.ProductPart;
import dev.headroom.exchange.CatalogImport.FileFinding;
import dev.headroom.yaml.YamlMistake;
import dev.headroom.yaml.YamlReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Compares a file with what is there, part by part: what is new is imagined beside what is there, so that whatever names it later in the file is looked at as if it
 * were there already.
 */
final class Comparing {

    /** Of one kind of mistake there is mostly one cause. */
    private static final int MOST_FINDINGS = 500;

    private final Known known;
    private final YamlReading reading;
    private final String run;
    private final Instant now;
    private final Locale locale;
    private final List<FileDifference> differences = new ArrayList<>();
    private final List<Act> acts = new ArrayList<>();
    private final List<YamlMistake> warnings = new ArrayList<>();
    private CatalogSnapshot imagined;

    /** @param run with which the idempotency keys of the commands begin */
    Comparing(Known known, YamlReading reading, String run, Instant now, Locale locale) {
        this.known = known;
        this.reading = reading;
        this.run = run;
        this.now = now;
        this.locale = locale;
        this.imagined = known.catalog();
    }

    /** Things come before what names them, whatever their order in the file. */
    void compare(CatalogFile file, OtherModules others) {
        ProductComparing products = new ProductComparing(this);
        PlanComparing plans = new PlanComparing(this, others.accounts());
        SaleComparing sales = new SaleComparing(this, others);
        file.products().forEach(products::compare);
        CatalogSnapshot without = imagined;
        file.products().forEach(plans::imagine);
        file.products().forEach(plans::compare);
        if (!known.may().sell()) {
            // What is prepared in drafts only is not there for whatever names it.
            imagined = without;
        }
        for (ProductPart part : file.products()) {
            part.offers().forEach(sales::offer);
            part.rules().forEach(rule -> sales.rule(rule, part.product().key()));
            if (part.guard() != null) {
                sales.guard(part.path(), part.guard());
            }
        }
        file.bundles().forEach(sales::bundle);
        new Unnamed(this, file).tell();
    }

    Known known() {
        return known;
    }

    /** What is there with what the file adds to it so far. */
    CatalogSnapshot imagined() {
        return imagined;
    }

    void imagine(CatalogSnapshot other) {
        imagined = other;
    }

    /** What the command of a part is known by. */
    String command(String path) {
        return run + ":" + path;
    }

    Instant now() {
        return now;
    }

    Locale locale() {
        return locale;
    }

    void wrong(String path, String message) {
        reading.refused(path, message);
    }

    /** What is as good as absent because it could not be read is not missing too. */
    void missing(String path, String message) {
        if (!reading.broken(path)) {
            wrong(path, message);
        }
    }

    void warn(String path, String message) {
        warnings.add(new YamlMistake(reading.at(path), path, message));
    }

    /** Everything that was refused of the command of a part. */
    void refused(String path, Refusals refusals) {
        refusals.all().forEach(each -> wrong(Paths.below(path, each.field()), String.valueOf(each.getMessage())));
    }

    void differs(String path, Subject subject, Effect effect, String key, List<String> words) {
        differences.add(FileDifference.at(reading.at(path), subject, effect, key, words));
    }

    void left(Subject subject, String key, String words) {
        differences.add(FileDifference.left(subject, key, words));
    }

    void act(Act act) {
        acts.add(act);
    }

    List<Act> acts() {
        return List.copyOf(acts);
    }

    CatalogImport told(String fingerprint) {
        List<FileFinding> findings = Stream.concat(
                        reading.mistakes().stream().map(mistake -> finding(true, mistake)), warnings.stream().map(mistake -> finding(false, mistake)))
                .sorted(Comparator.comparing(FileFinding::line).thenComparing(FileFinding::column))
                .limit(MOST_FINDINGS)
                .toList();
        boolean applicable = reading.mistakes().isEmpty();
        return new CatalogImport(fingerprint, findings, applicable ? differences : List.of());
    }

    private static FileFinding finding(boolean error, YamlMistake mistake) {
        return new FileFinding(error, mistake.mark().line(), mistake.mark().column(), mistake.path(), mistake.message());
    }
}
