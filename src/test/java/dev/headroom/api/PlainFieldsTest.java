package dev.headroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLSchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

/** Which fields need nothing but the object that they are of. */
@HeadroomTest
class PlainFieldsTest {

    @Autowired
    GraphQlSource source;

    @ParameterizedTest
    @CsvSource({
        "Money, amountMinor, true",
        "Quote, lines, true",
        "Quote, token, true",
        "Money, formatted, false",
        "Account, quote, false",
        "Account, entitlements, false",
        "Query, account, false",
        "Account, alternatives, false"
    })
    void aFieldIsPlainThatAsksForNothingBesideItsObject(String type, String field, boolean plain) {
        GraphQLSchema schema = source.schema();
        DataFetcher<?> fetcher = schema.getCodeRegistry().getDataFetcher(FieldCoordinates.coordinates(type, field), schema.getObjectType(type).getField(field));

        assertThat(fetcher instanceof TrivialDataFetcher).isEqualTo(plain);
    }
}
