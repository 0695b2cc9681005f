package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.headroom.guard.Compiled;
import dev.headroom.quote.QuoteResult;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import graphql.schema.GraphqlTypeComparatorRegistry;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.SchemaMappingInspector;
import org.springframework.graphql.execution.SchemaReport;

/** The schema as a frontend developer meets it: written down, described, answered in every field. */
@HeadroomTest
class SchemaTest {

    private static final Path COMMITTED = Path.of("docs/api/schema.graphqls");

    @Autowired
    GraphQlSource source;

    @Autowired
    Wiring wiring;

    @Test
    void theSchemaThatIsServedIsTheOneInTheDocuments() throws IOException {
        String served = print(source.schema());
        if (Boolean.getBoolean("headroom.write-docs")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, served);
        }
        assertThat(Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "")
                .as("%s is not what is served: if the API was meant to change, run mvn test -Dtest=SchemaTest -Dheadroom.write-docs=true and commit it", COMMITTED)
                .isEqualTo(served);
    }

    @Test
    void everyTypeArgumentQueryAndMutationIsDescribed() {
        assertThat(undescribed(schema("type Query { thing(key: String): Thing } type Thing { name: String }")))
                .containsExactlyInAnyOrder("Thing", "Query.thing", "Query.thing(key)");
        assertThat(undescribed(source.schema())).isEmpty();
    }

    @Test
    void everyFieldIsAnsweredAndEveryAnswerHasItsField() {
        assertThat(SchemaMappingInspector.inspect(schema("type Query { nobody: String }"), Map.of()).unmappedFields()).hasSize(1);
        SchemaReport report = SchemaMappingInspector.initializer().classResolver((type, _) -> records(type.getName()))
                .inspect(source.schema(), wiring.asItIs().getDataFetchers());
        assertThat(report.unmappedFields()).isEmpty();
        assertThat(report.unmappedRegistrations()).isEmpty();
        assertThat(report.unmappedArguments()).isEmpty();
        assertThat(report.skippedTypes()).isEmpty();
    }

    /** Whoever tells why nothing was quoted has to be able to tell every reason: a member that the union lacks is an error without a code. */
    @Test
    void aUnionThatTellsWhyNothingIsQuotedHasEveryReason() {
        List<String> reasons = Stream.of(QuoteResult.class.getPermittedSubclasses()).map(Class::getSimpleName).filter(name -> !name.equals("Quote")).toList();
        assertThat(source.schema().getAllTypesAsList().stream().filter(GraphQLUnionType.class::isInstance).map(GraphQLUnionType.class::cast)
                .filter(union -> union.getTypes().stream().anyMatch(member -> member.getName().equals("ChangeNotAllowed"))))
                .hasSizeGreaterThan(3)
                .allSatisfy(union -> assertThat(union.getTypes()).extracting(GraphQLNamedType::getName).as(union.getName()).containsAll(reasons));
    }

    /** Members of unions are found as they are when a query runs: by their simple name. */
    private static List<Class<?>> records(String name) {
        return Compiled.product().classes().stream().filter(type -> type.getSimpleName().equals(name) && !type.getPackageName().contains(".sandbox"))
                .<Class<?>>map(JavaClass::reflect).toList();
    }

    private static String print(GraphQLSchema schema) {
        return new SchemaPrinter(SchemaPrinter.Options.defaultOptions()
                .includeScalarTypes(true).includeDirectiveDefinitions(false).includeSchemaDefinition(false)
                // Types by name, but what they hold in the order in which it was written: the first member of a union is the success.
                .setComparators(GraphqlTypeComparatorRegistry.AS_IS_REGISTRY))
                .print(schema).stripTrailing() + "\n";
    }

    /** The one argument {@code input} of a mutation is described by its type. */
    private static List<String> undescribed(GraphQLSchema schema) {
        Stream<String> types = schema.getAllTypesAsList().stream()
                .filter(type -> !type.getName().startsWith("__") && type != schema.getQueryType() && type != schema.getMutationType()
                        && type != schema.getSubscriptionType())
                .filter(SchemaTest::silent).map(GraphQLNamedSchemaElement::getName);
        Stream<String> roots = Stream.ofNullable(schema.getQueryType()).flatMap(type -> type.getFieldDefinitions().stream())
                .filter(SchemaTest::silent).map(field -> "Query." + field.getName());
        Stream<String> commands = Stream.of(schema.getMutationType(), schema.getSubscriptionType()).filter(Objects::nonNull)
                .flatMap(type -> type.getFieldDefinitions().stream().filter(SchemaTest::silent).map(field -> type.getName() + "." + field.getName()));
        Stream<String> arguments = schema.getAllTypesAsList().stream().filter(GraphQLObjectType.class::isInstance).map(GraphQLObjectType.class::cast)
                .filter(type -> !type.getName().startsWith("__"))
                .flatMap(type -> type.getFieldDefinitions().stream().flatMap(field -> undescribed(type, field)));
        return Stream.of(types, roots, commands, arguments).flatMap(found -> found).sorted().toList();
    }

    private static Stream<String> undescribed(GraphQLObjectType type, GraphQLFieldDefinition field) {
        return field.getArguments().stream().filter(argument -> !argument.getName().equals("input")).filter(SchemaTest::silent)
                .map(GraphQLArgument::getName).map(name -> type.getName() + "." + field.getName() + "(" + name + ")");
    }

    private static boolean silent(GraphQLNamedSchemaElement element) {
        return element.getDefinition() != null && (element.getDescription() == null || element.getDescription().isBlank());
    }

    private static GraphQLSchema schema(String sdl) {
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse(sdl));
    }
}
