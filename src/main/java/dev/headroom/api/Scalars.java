package dev.headroom.api;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.scalars.ExtendedScalars;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** The library's DateTime reads and writes offsets; ours is an {@link Instant}, always in UTC. */
final class Scalars {

    static final GraphQLScalarType DATE_TIME = GraphQLScalarType.newScalar()
            .name("DateTime")
            .description("An instant, ISO 8601, written in UTC: 2026-12-04T10:15:30Z.")
            .coercing(new InstantCoercing())
            .build();

    /** Both let anything pass: whoever records says of each event what is wrong with it, where the engine would refuse all of them. */
    static final GraphQLScalarType EVENT_QUANTITY = anything("EventQuantity");

    static final GraphQLScalarType EVENT_TIME = anything("EventTime");

    private Scalars() {}

    private static GraphQLScalarType anything(String name) {
        return ExtendedScalars.newAliasedScalar(name).aliasedScalar(ExtendedScalars.Json).build();
    }

    private static final class InstantCoercing implements Coercing<Instant, String> {

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof Instant instant) {
                return instant.toString();
            }
            throw new CoercingSerializeException("Expected an instant, not " + value.getClass().getSimpleName());
        }

        @Override
        public Instant parseValue(Object input, GraphQLContext context, Locale locale) {
            try {
                return parse(input.toString());
            } catch (DateTimeParseException malformed) {
                throw new CoercingParseValueException("Expected an instant such as 2026-12-04T10:15:30Z, not \"" + input + "\"");
            }
        }

        @Override
        public Instant parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            try {
                return input instanceof StringValue text ? parse(text.getValue()) : parse("");
            } catch (DateTimeParseException malformed) {
                throw new CoercingParseLiteralException("Expected an instant such as \"2026-12-04T10:15:30Z\"");
            }
        }

        private static Instant parse(String text) {
            return OffsetDateTime.parse(text).toInstant();
        }
    }
}
