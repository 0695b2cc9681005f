package dev.headroom.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.Story;
import dev.headroom.impact.LookedAtWhole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Somebody of the vendor who agrees prices with single accounts, and members of accounts who look at what they are sold. */
public record OwnPriceDesk(Story story, ApplicationContext headroom) {

    /** Begins as the plan is, with the same name. */
    JsonNode opened(String account, String insteadOf) {
        return new DraftDesk(story.backend()).open(Map.of("ownPlan", Map.of("insteadOf", story.key(insteadOf), "account", account)));
    }

    /** On sale for the account alone, by the seat and month. @return its key */
    public String sold(String account, String insteadOf, String perSeat) {
        DraftDesk drafts = new DraftDesk(story.backend());
        JsonNode draft = opened(account, insteadOf);
        return published(drafts.edit(draft, monthly(draft, perSeat)));
    }

    /** The same without the price by the year that the plan has. */
    String monthlyOnly(String account, String insteadOf, String perSeat) {
        JsonNode draft = opened(account, insteadOf);
        return published(new DraftDesk(story.backend()).edit(draft, monthly(draft, perSeat), Map.of("removePrice", price(draft, "YEAR"))));
    }

    static Map<String, Object> monthly(JsonNode draft, String perSeat) {
        return Map.of("price", Map.of("id", price(draft, "MONTH"), "interval", "MONTH", "currency", "USD", "perSeat", perSeat));
    }

    private static String price(JsonNode draft, String interval) {
        return draft.at("/sheet/prices").valueStream().filter(each -> each.at("/interval").asString().equals(interval)).findFirst().orElseThrow().at("/id").asString();
    }

    /** Looked at whole, and put on sale for those who come. @return the plan's key */
    String published(JsonNode draft) {
        String impact = story.backend().ask("mutation ($input: PreviewImpactInput!) { previewImpact(input: $input) { ... on ImpactStarted { impact { id state } } } }", "input",
                DraftDesk.keyed(Map.of("draft", draft.at("/id").asString()))).at("/previewImpact/impact/id").asString();
        LookedAtWhole.by(headroom);
        JsonNode answer = story.backend().ask("""
                mutation ($input: PublishDraftInput!) { publishDraft(input: $input) { __typename ... on DraftPublished { rollout { state plan version } } ... on PublisherIsEditor { draft { id } } } }""",
                "input", DraftDesk.keyed(Map.of("draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(), "impact", impact,
                        "rollout", Map.of("timing", "NEW_ONLY"), "reason", "As agreed"))).at("/publishDraft");
        assertThat(answer.at("/__typename").asString()).as(answer.toString()).isEqualTo("DraftPublished");
        return draft.at("/key").asString();
    }

    Api member(String account) {
        String member = "m-" + UUID.randomUUID();
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }", "input",
                DraftDesk.keyed(Map.of("account", account, "key", member, "name", "Ann", "email", member + "@example.com"))).at("/addMember");
        return new Api(story.world().url(), story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", account, "member", member, "permissions", List.of("READ", "QUOTE", "CHANGE"), "lifetimeSeconds", 900)).text("/createAccountToken/token"));
    }
}
