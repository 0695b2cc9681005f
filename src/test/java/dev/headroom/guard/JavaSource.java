package dev.headroom.guard;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A source file as the compiler reads it, without being compiled: what a rule about writing needs to know. */
public record JavaSource(String name, String text, CompilationUnitTree tree, SourcePositions positions) {

    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])*+'|//[^\\n]*+|/\\*(?s:.*?)\\*/");

    /** A method or constructor with a body. */
    public record Method(String owner, String name, int codeLines) {}

    /** Something that is called or made, such as {@code Instant.now} or {@code new Random}, with the number of its arguments. */
    public record Use(String what, int arguments) {}

    /** Every source file below a folder. */
    public static List<JavaSource> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return parse(files.filter(file -> file.toString().endsWith(".java")).sorted()
                    .map(file -> new Text(folder.relativize(file).toString(), read(file))).toList());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** A file that exists only in a test. */
    public static JavaSource of(String name, String text) {
        return parse(List.of(new Text(name, text))).getFirst();
    }

    /** The module it belongs to, or nothing for the root package. */
    public String module() {
        String[] parts = packageName().split("\\.");
        return parts.length > 2 ? parts[2] : "";
    }

    public String packageName() {
        return tree.getPackage().getPackageName().toString();
    }

    /** The file's name without its ending. */
    public String simpleName() {
        return name.substring(name.lastIndexOf('/') + 1).replace(".java", "");
    }

    public List<String> imports() {
        return tree.getImports().stream().map(ImportTree::getQualifiedIdentifier).map(Tree::toString).toList();
    }

    /** Lines that hold something besides white space and comments. */
    public int codeLines() {
        return codeLines(text);
    }

    public List<ClassTree> types() {
        return scan((node, found) -> {
            if (node instanceof ClassTree type && !type.getSimpleName().isEmpty()) {
                found.add(type);
            }
        });
    }

    public List<ClassTree> topLevelTypes() {
        return tree.getTypeDecls().stream().filter(ClassTree.class::isInstance).map(ClassTree.class::cast).toList();
    }

    public List<Method> methods() {
        return types().stream().flatMap(type -> type.getMembers().stream()
                .filter(member -> member instanceof MethodTree method && method.getBody() != null && positions.getEndPosition(tree, method) > 0)
                .map(MethodTree.class::cast)
                .map(method -> new Method(type.getSimpleName().toString(), method.getName().toString(), codeLines(textOf(method))))).toList();
    }

    /** Lines of switches that have a default. */
    public List<Long> defaults() {
        return scan((node, found) -> {
            if (node instanceof CaseTree branch && branch.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance)) {
                found.add(tree.getLineMap().getLineNumber(positions.getStartPosition(tree, branch)));
            }
        });
    }

    /** What is called, made or referred to by name. */
    public List<Use> uses() {
        return scan((node, found) -> {
            switch (node) {
                case MethodInvocationTree call -> found.add(new Use(call.getMethodSelect().toString(), call.getArguments().size()));
                case NewClassTree made -> found.add(new Use("new " + made.getIdentifier(), made.getArguments().size()));
                case MemberReferenceTree reference ->
                        found.add(new Use(reference.getQualifierExpression() + "." + reference.getName(), 0));
                case Tree other -> {}
            }
        });
    }

    public List<String> strings() {
        return scan((node, found) -> {
            if (node instanceof LiteralTree literal && literal.getValue() instanceof String string) {
                found.add(string);
            }
        });
    }

    public static boolean has(ModifiersTree modifiers, Modifier modifier) {
        return modifiers.getFlags().contains(modifier);
    }

    public static List<String> annotations(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream().map(AnnotationTree::getAnnotationType).map(Tree::toString).toList();
    }

    /** Whether a comment for readers of the API stands right before it. */
    public boolean documented(ClassTree type) {
        return text.substring(0, (int) positions.getStartPosition(tree, type)).stripTrailing().endsWith("*/");
    }

    @Override
    public String toString() {
        return name;
    }

    private String textOf(Tree node) {
        return text.substring((int) positions.getStartPosition(tree, node), (int) positions.getEndPosition(tree, node));
    }

    private static int codeLines(String text) {
        String code = COMMENT_OR_LITERAL.matcher(text).replaceAll(found -> found.group().startsWith("/")
                ? "\n".repeat((int) found.group().chars().filter(character -> character == '\n').count())
                : Matcher.quoteReplacement(found.group()));
        return (int) code.lines().filter(line -> !line.isBlank()).count();
    }

    private interface Visit<T> {

        void node(Tree node, List<T> found);
    }

    private <T> List<T> scan(Visit<T> visit) {
        List<T> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {

            @Override
            public @Nullable Void scan(@Nullable Tree node, @Nullable Void nothing) {
                if (node != null) {
                    visit.node(node, found);
                }
                return super.scan(node, nothing);
            }
        }.scan(tree, null);
        return List.copyOf(found);
    }

    private static List<JavaSource> parse(List<Text> files) {
        Map<URI, Text> byUri = files.stream().collect(Collectors.toMap(Text::toUri, file -> file));
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, problem -> {}, List.of("-proc:none"), null, files);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<JavaSource> sources = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                Text file = Objects.requireNonNull(byUri.get(unit.getSourceFile().toUri()));
                sources.add(new JavaSource(file.name, file.text, unit, positions));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return List.copyOf(sources);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String name;
        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.name = name;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
