package dev.headroom.guard;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;

/** Compiled classes below a root package whose direct sub-packages are modules. */
public record Compiled(String root, JavaClasses classes) {

    private static final String TESTS = JavaSource.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    /** An arrow from one class to another, on the level of modules. */
    public record Arrow(String from, String to, String told) {}

    /** The product, without its tests wherever they were compiled to. */
    public static final ImportOption PRODUCT = location -> !location.asURI().getPath().startsWith(TESTS);

    public static Compiled product() {
        return Imported.PRODUCT;
    }

    /** The little house that breaks the rules. */
    public static Compiled samples() {
        String root = "dev.headroom.guard.samples";
        return new Compiled(root, new ClassFileImporter().importPackages(root));
    }

    /** The module that a class belongs to, or nothing when it lies outside or in the root package itself. */
    public String module(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.")[0] : "";
    }

    /** Every dependency of one module on another. */
    public List<Arrow> arrows() {
        return classes.stream().filter(type -> !module(type).isEmpty()).flatMap(type -> type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> new Arrow(module(type), module(dependency.getTargetClass().getBaseComponentType()), dependency.getDescription())))
                .filter(arrow -> !arrow.to().isEmpty() && !arrow.to().equals(arrow.from())).distinct().toList();
    }

    /** Uses of packages that begin with one of these, as {@code module: description}. */
    public List<Arrow> usesOf(String... packages) {
        return classes.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> Stream.of(packages).anyMatch(name -> dependency.getTargetClass().getBaseComponentType().getPackageName().startsWith(name)))
                .map(dependency -> new Arrow(module(type), "", dependency.getDescription()))).toList();
    }

    /** Read once for all guards. */
    private static final class Imported {

        private static final Compiled PRODUCT =
                new Compiled("dev.headroom", new ClassFileImporter().withImportOption(Compiled.PRODUCT).importPackages("dev.headroom"));
    }
}
