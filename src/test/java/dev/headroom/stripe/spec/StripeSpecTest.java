package dev.headroom.stripe.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wire check sees what is wrong: a guard that never was red guards nothing. */
class StripeSpecTest {

    private static final String DELETED = "{\"id\":\"cus_1\",\"object\":\"customer\",\"deleted\":true}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "POST   | /v1/subscriptions/sub_1 | items[0][id]=si_1&items[0][quantity]=2                  | ''",
        "POST   | /v1/subscriptions/sub_1 | items[0][id]=si_1&items[0][quantity]=two                | items[0].quantity: expected integer",
        "POST   | /v1/subscriptions/sub_1 | items[0][amount]=2                                      | items[0].amount: unknown parameter",
        "POST   | /v1/subscriptions/sub_1 | proration_behavior=sometimes                            | proration_behavior: sometimes is not one of",
        "POST   | /v1/subscriptions/sub_1 | cancel_at_period_end=yes                                | cancel_at_period_end: expected boolean",
        "POST   | /v1/products            | description=x                                           | name: required, missing",
        "POST   | /v1/products            | name=a&name=b                                           | name: sent twice",
        "POST   | /v1/products            | name=a&name[b]=c                                        | name[b]: used both",
        "POST   | /v1/unicorns            | ''                                                      | not in the spec",
        "PUT    | /v1/products            | name=a                                                  | not in the spec",
    })
    void findsWhatIsWrongWithARequest(String verb, String path, String body, String finding) {
        String found = StripeSpec.loaded().inspect(new StripeSpec.Exchange(verb, path, "", body, "Bearer sk_test_1", 402, "{\"error\":{\"type\":\"card_error\"}}", "req_1"))
                .toString().replace("\"", "");
        if (finding.isEmpty()) {
            assertThat(found).isEqualTo("[]");
        } else {
            assertThat(found).contains(finding);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "true    | 'deleted': true                    | ``",
        "'yes'   | 'deleted': true                    | deleted: \"yes\" is not one of",
        "null    | 'deleted': true                    | deleted: null where the spec has no null",
    })
    void findsWhatIsWrongWithAnAnswer(String deleted, String ignored, String finding) {
        String answer = DELETED.replace("true", deleted.replace('\'', '"'));
        String found = inspected(answer, "req_1");
        if (finding.isEmpty()) {
            assertThat(found).isEqualTo("[]");
        } else {
            assertThat(found).contains(finding);
        }
    }

    @Test
    void findsMissingFieldsUnknownFieldsAndMissingHeaders() {
        assertThat(inspected("{\"id\":\"cus_1\",\"deleted\":true}", "req_1")).contains("object: required, missing");
        assertThat(inspected(DELETED.replace("\"id\"", "\"colour\":1,\"id\""), "req_1")).contains("colour: field is not in the spec");
        assertThat(inspected(DELETED, null)).contains("Request-Id: header missing");
    }

    @Test
    void findsWhatIsWrongWithAnEvent() {
        assertThat(StripeSpec.loaded().inspectEvent("{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"customer.exploded\"}").toString())
                .contains("no such event type").contains("data: required, missing");
        assertThat(StripeSpec.loaded().inspectEvent("""
                {"id":"evt_1","object":"event","type":"product.created","api_version":null,"created":1,"livemode":false,"pending_webhooks":0,
                 "request":null,"data":{"object":{"id":"prod_1","object":"product"}}}""").toString())
                .contains("data.object.name: required, missing");
    }

    private static String inspected(String answer, String requestId) {
        return StripeSpec.loaded().inspect(new StripeSpec.Exchange("DELETE", "/v1/customers/cus_1", "", "", "Bearer sk_test_1", 200, answer, requestId)).toString();
    }
}
