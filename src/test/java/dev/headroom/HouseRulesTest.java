package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.headroom.guard.Compiled;
import dev.headroom.guard.JavaSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/**
 * The rules of the house that a machine can check. Every rule is a function from a piece of code to what is wrong with it, and is
 * shown a piece that breaks it first. What broke a rule when the rule came stands beside it and may only become less.
 */
class HouseRulesTest {

    private static final Path DB = Path.of("db");
    private static final List<JavaSource> CODE = JavaSource.below(Path.of("src/main/java"));
    private static final List<JavaSource> TESTS = JavaSource.below(Path.of("src/test/java")).stream()
            .filter(source -> !source.packageName().startsWith("dev.headroom.guard.samples")).toList();

    private static final int PUBLIC_TYPES = 12;
    /** Modules over the aim, with what they had when the rule came. */
    private static final Map<String, Integer> MORE_PUBLIC_TYPES = Map.of("catalog", 20, "pricing", 16, "stripe", 14);

    /** Has no API: no other module may use it, and what is public there is so for its own sub-packages. */
    private static final String SHOWS_PEOPLE = "console";

    private static final Pattern FRAMEWORK = Pattern.compile("(org\\.springframework|org\\.jooq|com\\.stripe|com\\.vaadin|graphql|jakarta)\\..*");
    private static final Pattern ROLE = Pattern.compile(".*(Repository|Controller|Configuration|Properties|Gateway|Inbox|Filter|Listener|Job|Instrumentation|[^s]s)");
    /** The application itself, the catalogue (a service that is one), and what takes a framework's type as its subject. */
    private static final Set<String> FRAMEWORK_ALL_THE_SAME = Set.of(
            "Headroom", "StartFailureReporter", "Catalog", "ErrorBody", "ChargeModelJson", "TermsJson", "ScheduleJson", "StripeReading", "StripeSignature");

    private static final Pattern FORBIDDEN_NAME = Pattern.compile(".*(Impl|Manager|Helper|Utils?|Dto|DTO|Mapper|Common|Abstract)([A-Z].*)?");

    private static final Pattern WALL_CLOCK = Pattern.compile(
            "(java\\.time\\.)?(Instant|LocalDate|LocalDateTime|ZonedDateTime|OffsetDateTime|YearMonth|Year|LocalTime)\\.now|System\\.(currentTimeMillis|nanoTime)"
                    + "|Clock\\.system.*|InstantSource\\.system|new Date");
    private static final Pattern RANDOMNESS = Pattern.compile("(UUID\\.randomUUID|Math\\.random|new (Splittable)?Random|ThreadLocalRandom\\.current)");
    /** Draws from a seed that is always the same, and so says the same of the same each time. */
    private static final Set<String> DRAWS = Set.of("Bootstrap");
    private static final Set<String> MAKES_SECRETS = Set.of("delivery", "identity", "postgres", "sandbox", "signin");
    private static final Pattern DATABASE_CLOCK = Pattern.compile(
            "(?i)\\b(now\\(\\)|current_(timestamp|date|time)\\b|localtimestamp|clock_timestamp|statement_timestamp|transaction_timestamp)");
    private static final Pattern JOOQ_CLOCK = Pattern.compile("(DSL\\.)?(current(Timestamp|Date|Time|Instant|LocalDate|LocalDateTime|OffsetDateTime|OffsetTime)|now)");
    private static final Set<String> BEANS = Set.of("Service", "Component", "Controller", "RestController", "Repository", "Configuration");

    @Test
    void theCodeIsFound() {
        assertThat(CODE).hasSizeGreaterThan(300);
        assertThat(TESTS).hasSizeGreaterThan(40);
        assertThat(changesets()).hasSizeGreaterThan(5);
    }

    @Test
    void modulesShowFewTypes() {
        Function<Collection<JavaSource>, List<String>> rule = sources -> publicTypes(sources).entrySet().stream()
                .filter(module -> module.getValue() > MORE_PUBLIC_TYPES.getOrDefault(module.getKey(), PUBLIC_TYPES))
                .map(module -> module.getKey() + " shows " + module.getValue()).toList();
        assertThat(rule.apply(IntStream.rangeClosed(0, PUBLIC_TYPES).mapToObj(number -> sample("public record Shown" + number + "() {}")).toList())).isNotEmpty();
        assertThat(rule.apply(CODE)).isEmpty();
    }

    @Test
    void aSealedFamilyIsShownOnce() {
        assertThat(publicTypes(List.of(sample("public sealed interface Answer permits Yes, No {}"), sample("public record Yes() implements Answer {}"),
                sample("public record No() implements Answer {}")))).containsEntry("sample", 1);
    }

    @Test
    void filesAreShort() {
        holds(source -> source.codeLines() > 300 ? List.of(source + " has " + source.codeLines() + " lines of code") : List.of(),
                sample("class Long {" + "\nint line;".repeat(300) + "}"));
        assertThat(median(CODE.stream().mapToInt(JavaSource::codeLines))).isLessThanOrEqualTo(60);
    }

    @Test
    void methodsAreShort() {
        holds(source -> source.methods().stream().filter(method -> method.codeLines() > 40)
                        .map(method -> method.owner() + "." + method.name() + " has " + method.codeLines() + " lines of code").toList(),
                sample("class Long { void method() {" + "\nline();".repeat(41) + "} }"));
        assertThat(median(CODE.stream().flatMap(source -> source.methods().stream()).mapToInt(JavaSource.Method::codeLines))).isLessThanOrEqualTo(5);
    }

    @Test
    void commentsAndBlankLinesAreNoCode() {
        assertThat(sample("/** Why. */\n\nclass Short {\n    // why\n    String text = \"// not a comment\";\n    /* why\n       so */\n}").codeLines())
                .isEqualTo(1 + 3);
    }

    @Test
    void beansAreGivenAtMostSevenThings() {
        holds(source -> source.types().stream().filter(type -> JavaSource.annotations(type.getModifiers()).stream().anyMatch(BEANS::contains))
                        .flatMap(type -> constructors(type).filter(constructor -> constructor.getParameters().size() > 7).map(constructor -> source.toString()))
                        .toList(),
                sample("@Service class Greedy { Greedy(int a, int b, int c, int d, int e, int f, int g, int h) {} }"));
    }

    @Test
    void theNameOfWhateverImportsAFrameworkTellsItsRole() {
        holds(source -> source.module().equals("console") || FRAMEWORK_ALL_THE_SAME.contains(source.simpleName()) || ROLE.matcher(source.simpleName()).matches()
                        ? List.of()
                        : source.imports().stream().filter(FRAMEWORK.asMatchPredicate()).map(name -> source + " imports " + name).toList(),
                JavaSource.of("Price.java", "package dev.headroom.sample; import org.springframework.stereotype.Service; class Price {}"));
    }

    @Test
    void namesSayWhatAThingIs() {
        holds(source -> source.types().stream().map(type -> type.getSimpleName().toString()).filter(FORBIDDEN_NAME.asMatchPredicate())
                        .map(name -> source + " names " + name).toList(),
                sample("class PriceManager {}"));
        assertThat(sample("class Implicit {}").types()).noneMatch(type -> FORBIDDEN_NAME.matcher(type.getSimpleName()).matches());
    }

    @Test
    void switchesSayEveryCase() {
        holds(source -> source.defaults().stream().map(line -> source + " line " + line).toList(),
                sample("class Lazy { int of(Kind kind) { return switch (kind) { case ONE -> 1; default -> 2; }; } }"));
    }

    @Test
    void theClockIsReadInTimeAlone() {
        holds(source -> source.module().equals("time") ? List.of() : used(source, WALL_CLOCK), sample("class Late { Object at = Instant.now(); }"));
        assertThat(used(sample("class Late { Supplier<Instant> at = Instant::now; long other = System.currentTimeMillis(); }"), WALL_CLOCK)).hasSize(2);
    }

    @Test
    void chanceIsMadeInIdAloneAndSecretsWhereTheyLive() {
        Function<JavaSource, List<String>> rule = source -> source.module().equals("id") ? List.of() : source.uses().stream()
                .filter(use -> RANDOMNESS.matcher(use.what()).matches() && !(DRAWS.contains(source.simpleName()) && use.what().equals("new Random") && use.arguments() == 1))
                .map(use -> source + " uses " + use.what()).toList();
        holds(rule, sample("class Lucky { UUID id = UUID.randomUUID(); }"));
        assertThat(rule.apply(JavaSource.of("Bootstrap.java", "package dev.headroom.sample; class Bootstrap { Object draws = new Random(); }"))).as("without a seed").isNotEmpty();
        holds(source -> MAKES_SECRETS.contains(source.module()) ? List.of() : used(source, Pattern.compile("new SecureRandom|SecureRandom\\..*")),
                sample("class Lucky { byte[] of() { return new SecureRandom().generateSeed(8); } }"));
    }

    @Test
    void theDatabaseNeverReadsItsOwnClock() {
        holds(source -> Stream.concat(source.strings().stream().filter(DATABASE_CLOCK.asPredicate()).map(sql -> source + ": " + sql),
                        source.imports().stream().anyMatch(name -> name.startsWith("org.jooq")) ? used(source, JOOQ_CLOCK).stream() : Stream.empty()).toList(),
                sample("class Late { String sql = \"select now()\"; }"));
        assertThat(used(sample("class Late { Object at = DSL.currentOffsetDateTime(); }"), JOOQ_CLOCK)).isNotEmpty();
        holdsInSql((module, sql) -> DATABASE_CLOCK.matcher(sql).find(), "create table sample.late (at timestamptz not null default now());");
    }

    @Test
    void aChangesetSpeaksOfItsOwnSchemaAlone() {
        holdsInSql((module, sql) -> Pattern.compile("(?<![.\\w])(?!" + module + "\\b)(" + String.join("|", modules()) + ")\\.\\w").matcher(sql).find(),
                "alter table sample.item add foreign key (account) references account.account (id);");
    }

    @Test
    void aChangesetKeepsItsNameWhereverItsFileIsMoved() {
        BiPredicate<String, String> named = (file, sql) -> sql.startsWith("--liquibase formatted sql logicalFilePath:db/" + file + "\n");
        assertThat(named.test("sample/0001-late.sql", "--liquibase formatted sql\n")).isFalse();
        assertThat(changesets().filter(file -> !named.test(DB.relativize(file).toString(), read(file)))).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItOwnsAndIsNullMarked() {
        Function<Map<String, String>, List<String>> rule = packages -> packages.entrySet().stream()
                .filter(each -> !each.getValue().contains("/**") || !each.getValue().contains("@NullMarked")).map(Map.Entry::getKey).toList();
        assertThat(rule.apply(Map.of("sample", ""))).isNotEmpty();
        assertThat(rule.apply(Map.of("sample", "@NullMarked package dev.headroom.sample;"))).isNotEmpty();
        assertThat(rule.apply(CODE.stream().collect(Collectors.toMap(JavaSource::packageName,
                source -> source.simpleName().equals("package-info") ? source.text() : "", (one, other) -> one + other)))).isEmpty();
    }

    @Test
    void whatAModuleShowsIsExplained() {
        holds(source -> source.topLevelTypes().stream().filter(type -> JavaSource.has(type.getModifiers(), Modifier.PUBLIC) && !source.documented(type))
                .map(type -> source.toString()).toList(), sample("public record Unexplained() {}"));
    }

    @Test
    void noInterfaceHasOneImplementation() {
        Function<Compiled, List<String>> rule = house -> house.classes().stream()
                .filter(type -> type.isInterface() && !type.isAnnotation() && !type.getPackageName().contains(".jooq") && !type.reflect().isSealed())
                .filter(type -> type.getAllSubclasses().stream().filter(sub -> !sub.getModifiers().contains(JavaModifier.ABSTRACT)).count() == 1)
                .map(JavaClass::getName).toList();
        assertThat(rule.apply(Compiled.samples())).isNotEmpty();
        assertThat(rule.apply(Compiled.product())).isEmpty();
    }

    @Test
    void nothingIsWrittenByLombok() {
        holds(source -> source.imports().stream().filter(name -> name.startsWith("lombok.")).toList(),
                JavaSource.of("Sample.java", "package dev.headroom.sample; import lombok.Data; @Data class Sample {}"));
    }

    @Test
    void testsUseTheRealThingAndNeitherWaitNorAreSwitchedOff() {
        Function<JavaSource, List<String>> rule = source -> Stream.of(
                source.imports().stream().filter(name -> name.matches("(static )?org\\.(mockito|easymock)\\..*|.*\\.MockitoBean|org\\.junit.*\\.Disabled")),
                used(source, Pattern.compile("Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep")).stream(),
                source.types().stream().flatMap(type -> Stream.concat(Stream.of(type.getModifiers()),
                                type.getMembers().stream().filter(MethodTree.class::isInstance).map(member -> ((MethodTree) member).getModifiers())))
                        .flatMap(modifiers -> JavaSource.annotations(modifiers).stream()).filter("Disabled"::equals))
                .flatMap(found -> found).map(found -> source + ": " + found).toList();
        for (String broken : List.of("import org.mockito.Mockito; class Sample {}", "class Sample { void waits() { Thread.sleep(10); } }",
                "class Sample { @Test @Disabled void off() {} }")) {
            assertThat(rule.apply(JavaSource.of("Sample.java", "package dev.headroom.sample; " + broken))).as(broken).isNotEmpty();
        }
        assertThat(TESTS.stream().flatMap(source -> rule.apply(source).stream())).isEmpty();
    }

    private interface SqlRule {

        boolean breaks(String module, String sql);
    }

    private static void holdsInSql(SqlRule rule, String broken) {
        assertThat(rule.breaks("sample", broken)).as(broken).isTrue();
        assertThat(changesets().filter(file -> rule.breaks(DB.relativize(file).getName(0).toString(), read(file).replaceAll("--[^\\n]*", "")))).isEmpty();
    }

    private static void holds(Function<JavaSource, List<String>> rule, JavaSource broken) {
        assertThat(rule.apply(broken)).as("the sample that breaks the rule is caught").isNotEmpty();
        assertThat(CODE.stream().flatMap(source -> rule.apply(source).stream())).isEmpty();
    }

    private static JavaSource sample(String code) {
        return JavaSource.of("Sample.java", "package dev.headroom.sample; " + code);
    }

    private static List<String> used(JavaSource source, Pattern what) {
        return source.uses().stream().filter(use -> what.matcher(use.what()).matches()).map(use -> source + " uses " + use.what()).toList();
    }

    private static Map<String, Integer> publicTypes(Collection<JavaSource> sources) {
        List<ClassTree> shown = sources.stream().flatMap(source -> source.topLevelTypes().stream())
                .filter(type -> JavaSource.has(type.getModifiers(), Modifier.PUBLIC)).toList();
        Set<String> families = shown.stream().filter(type -> JavaSource.has(type.getModifiers(), Modifier.SEALED))
                .map(type -> type.getSimpleName().toString()).collect(Collectors.toSet());
        return sources.stream().filter(source -> !source.module().isEmpty() && !source.module().equals(SHOWS_PEOPLE)).collect(Collectors.toMap(JavaSource::module,
                source -> (int) source.topLevelTypes().stream().filter(shown::contains)
                        .filter(type -> type.getImplementsClause().stream().map(Tree::toString).noneMatch(families::contains)).count(),
                Integer::sum, TreeMap::new));
    }

    private static Stream<MethodTree> constructors(ClassTree type) {
        return type.getMembers().stream().filter(MethodTree.class::isInstance).map(MethodTree.class::cast)
                .filter(method -> method.getName().contentEquals("<init>"));
    }

    private static int median(IntStream sizes) {
        int[] sorted = sizes.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Set<String> modules() {
        return changesets().map(file -> DB.relativize(file).getName(0).toString()).collect(Collectors.toSet());
    }

    private static Stream<Path> changesets() {
        try (Stream<Path> files = Files.walk(DB)) {
            return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList().stream();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
