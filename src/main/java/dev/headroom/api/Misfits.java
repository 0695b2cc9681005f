package dev.headroom.api;

import graphql.GraphQLContext;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.parser.Parser;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds which of a request's variables does not have its type, and where in it: the engine says only that one does not. */
record Misfits(GraphQLSchema schema) {

    /**
     * The first, such as {@code input.events[0].quantity}; for a document that is valid.
     *
     * @param operation which of the document's; absent where it has but one
     */
    Optional<String> in(String document, @Nullable String operation, Map<String, @Nullable Object> variables) {
        return Parser.parse(document).getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(each -> operation == null || operation.equals(each.getName()))
                .flatMap(each -> each.getVariableDefinitions().stream())
                .filter(variable -> variables.containsKey(variable.getName()) || variable.getDefaultValue() == null)
                .flatMap(variable -> declared(variable.getType(), variables.get(variable.getName()), variable.getName()))
                .findFirst();
    }

    private Stream<String> declared(Type<?> type, @Nullable Object value, String path) {
        return switch (type) {
            case NonNullType required -> value == null ? Stream.of(path) : declared(required.getType(), value, path);
            case ListType list -> value instanceof Collection<?> values
                    ? each(values, path, (element, place) -> declared(list.getType(), element, place))
                    : value == null ? Stream.empty() : declared(list.getType(), value, path);
            case TypeName named -> misfits(schema.getType(named.getName()), value, path);
            case Type<?> _ -> Stream.empty();
        };
    }

    private Stream<String> misfits(@Nullable GraphQLType type, @Nullable Object value, String path) {
        return type == null ? Stream.empty() : switch (type) {
            case GraphQLNonNull required -> value == null ? Stream.of(path) : misfits(required.getWrappedType(), value, path);
            case GraphQLList list when value instanceof Collection<?> values ->
                each(values, path, (element, place) -> misfits(list.getWrappedType(), element, place));
            case GraphQLList list when value != null -> misfits(list.getWrappedType(), value, path);
            case GraphQLInputObjectType object when value instanceof Map<?, ?> fields -> fields(object, fields, path);
            case GraphQLInputObjectType _ when value != null -> Stream.of(path);
            case GraphQLScalarType scalar when value != null ->
                parses(() -> scalar.getCoercing().parseValue(value, GraphQLContext.getDefault(), Locale.ROOT)) ? Stream.empty() : Stream.of(path);
            case GraphQLEnumType choice when value != null ->
                parses(() -> choice.parseValue(value, GraphQLContext.getDefault(), Locale.ROOT)) ? Stream.empty() : Stream.of(path);
            case GraphQLType _ -> Stream.empty();
        };
    }

    private Stream<String> fields(GraphQLInputObjectType object, Map<?, ?> fields, String path) {
        Stream<String> unknown = fields.keySet().stream().map(String::valueOf).filter(name -> object.getField(name) == null).map(name -> path + "." + name);
        Stream<String> known = object.getFields().stream()
                .filter(field -> fields.containsKey(field.getName()) || !field.hasSetDefaultValue())
                .flatMap(field -> field(field, fields.get(field.getName()), path));
        return Stream.concat(unknown, known);
    }

    private Stream<String> field(GraphQLInputObjectField field, @Nullable Object value, String path) {
        return misfits(field.getType(), value, path + "." + field.getName());
    }

    private interface Place {
        Stream<String> look(@Nullable Object element, String path);
    }

    private static Stream<String> each(Collection<?> values, String path, Place place) {
        int[] index = {0};
        return values.stream().flatMap(element -> place.look(element, path + "[" + index[0]++ + "]"));
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (CoercingParseValueException refused) {
            return false;
        }
    }
}
