package dev.headroom.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Somebody who works on drafts through the API. */
record DraftDesk(Api api) {

    static final String DRAFT = """
            id state revision kind key base number opened { by } changed { by at } closed { by } plan { key } addOn { key } product { key }
            sheet { name description rank visibility prices { id interval currency model flat perSeat volume { upTo unit fee } packaged { size each } }
              entitlements { feature included policy softLimit graceDays gracePercent setting overage { currency unitMinor } } }
            findings { severity rule path message }""";

    private static final String EDITED = """
            __typename ... on DraftEdited { draft { %1$s } } ... on DraftNotOpen { draft { %1$s } }
            ... on DraftChanged { draft { %1$s } parts { part read current wanted revision changed { by at } } }""".formatted(DRAFT);

    Api.Answer opening(Map<String, Object> wanted) {
        return ask("openDraft", "OpenDraftInput", """
                __typename ... on DraftOpened { draft { %1$s } } ... on DraftAlreadyOpen { draft { %1$s } } ... on PlanKeyTaken { plan { key } }
                ... on AddOnKeyTaken { addOn { key } }""".formatted(DRAFT), keyed(wanted));
    }

    JsonNode open(Map<String, Object> wanted) {
        JsonNode answer = opening(wanted).at("/openDraft");
        assertThat(answer.at("/__typename").asString()).isEqualTo("DraftOpened");
        return answer.at("/draft");
    }

    /** @param edits a name and what it says, in turn */
    Api.Answer editing(JsonNode read, Map<?, ?>... edits) {
        return ask("editDraft", "EditDraftInput", EDITED,
                keyed(Map.of("draft", read.at("/id").asString(), "revision", read.at("/revision").asInt(), "edits", List.of(edits))));
    }

    /** The draft after edits that nobody contests. */
    JsonNode edit(JsonNode read, Map<?, ?>... edits) {
        return edited(editing(read, edits).at("/editDraft"));
    }

    JsonNode undoing(JsonNode draft) {
        return ask("undoDraftEdit", "MoveDraftInput", EDITED + " ... on NothingToUndo { draft { id } }", keyed(Map.of("draft", draft.at("/id").asString()))).at("/undoDraftEdit");
    }

    JsonNode redoing(JsonNode draft) {
        return ask("redoDraftEdit", "MoveDraftInput", EDITED + " ... on NothingToRedo { draft { id } }", keyed(Map.of("draft", draft.at("/id").asString()))).at("/redoDraftEdit");
    }

    static JsonNode edited(JsonNode answer) {
        assertThat(answer.at("/__typename").asString()).as(answer.toString()).isEqualTo("DraftEdited");
        return answer.at("/draft");
    }

    JsonNode discard(JsonNode draft) {
        return ask("discardDraft", "DiscardDraftInput", "__typename ... on DraftDiscarded { draft { " + DRAFT + " } } ... on DraftNotOpen { draft { state } }",
                Map.of("draft", draft.at("/id").asString())).at("/discardDraft");
    }

    JsonNode restore(JsonNode draft) {
        return ask("restoreDraft", "RestoreDraftInput",
                "__typename ... on DraftRestored { draft { " + DRAFT + " } } ... on DraftAlreadyOpen { draft { id } } ... on DraftNotOpen { draft { state } }",
                Map.of("draft", draft.at("/id").asString())).at("/restoreDraft");
    }

    JsonNode read(JsonNode draft, String fields) {
        return api.ask("query ($id: ID!) { draft(id: $id) { " + fields + " } }", "id", draft.at("/id").asString()).at("/draft");
    }

    static List<String> errors(JsonNode draft) {
        return draft.at("/findings").valueStream().filter(each -> each.at("/severity").asString().equals("ERROR")).map(each -> each.at("/path").asString()).toList();
    }

    static Map<String, Object> keyed(Map<String, Object> input) {
        Map<String, Object> keyed = new HashMap<>(input);
        keyed.putIfAbsent("idempotencyKey", UUID.randomUUID().toString());
        return keyed;
    }

    private Api.Answer ask(String mutation, String type, String fields, Map<String, Object> input) {
        return api.ask("mutation ($input: " + type + "!) { " + mutation + "(input: $input) { " + fields + " } }", "input", input);
    }
}
