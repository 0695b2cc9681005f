package dev.headroom.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.usage.Lines.Line;
import dev.headroom.usage.UsageOutcome.UsageDuplicate;
import dev.headroom.usage.UsageOutcome.UsageRecorded;
import dev.headroom.usage.UsageOutcome.UsageRejected;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Usage through a pipe: one event a line, as JSON, for as long as the caller likes. Answered in the order of the lines, up to a thousand at a
 * time and whenever the pipe pauses, each as soon as it is committed; the last line says how many there were of each, so that an answer without
 * it was cut off.
 */
@RestController
class UsageStreamController {

    static final String PATH = "/v1/usage";

    private final Usages usages;
    private final ObjectReader events;
    private final JsonMapper json;

    UsageStreamController(Usages usages, JsonMapper json) {
        this.usages = usages;
        this.json = json;
        this.events = json.readerForMapOf(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** An answer, in the order in which its fields are written. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Said(String id, String outcome, @Nullable String field, @Nullable String reason) {

        static Said of(UsageOutcome outcome) {
            return switch (outcome) {
                case UsageRecorded(String id) -> new Said(id, "recorded", null, null);
                case UsageDuplicate(String id) -> new Said(id, "duplicate", null, null);
                case UsageRejected(String id, String field, String reason) -> new Said(id, "rejected", field, reason);
            };
        }
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_NDJSON_VALUE)
    void record(InputStream body, HttpServletResponse response, @AuthenticationPrincipal Actor actor) throws IOException {
        actor.requireEveryAccount(Permission.USAGE);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        Lines lines = new Lines(body);
        Map<String, Long> sums = new LinkedHashMap<>();
        OutputStream out = new BufferedOutputStream(response.getOutputStream());
        for (List<Submitted> batch = read(lines); !batch.isEmpty(); batch = read(lines)) {
            for (UsageOutcome outcome : usages.submit(actor, batch)) {
                Said said = Said.of(outcome);
                sums.merge(said.outcome(), 1L, Long::sum);
                write(out, said);
            }
            out.flush();
        }
        write(out, Map.of("done", sums));
        out.flush();
    }

    private List<Submitted> read(Lines lines) throws IOException {
        List<Submitted> batch = new ArrayList<>();
        Line line = null;
        while (batch.size() < Usages.LARGEST_BATCH && !pauses(batch, lines) && (line = lines.next()) != null) {
            if (!new String(line.bytes(), StandardCharsets.UTF_8).isBlank()) {
                batch.add(read(line));
            }
        }
        return batch;
    }

    /** What is here is recorded rather than kept waiting for what is not. */
    private static boolean pauses(List<Submitted> batch, Lines lines) throws IOException {
        return !batch.isEmpty() && lines.pauses();
    }

    private Submitted read(Line line) {
        if (line.tooLong()) {
            return Submitted.unreadable("A line has at most " + Lines.LONGEST + " bytes");
        }
        try {
            Map<String, Object> fields = events.readValue(line.bytes());
            return fields == null ? Submitted.unreadable("Not an event in JSON: null") : Submitted.of(fields);
        } catch (JacksonException malformed) {
            return Submitted.unreadable("Not an event in JSON: " + malformed.getOriginalMessage());
        }
    }

    private void write(OutputStream out, Object said) throws IOException {
        out.write(json.writeValueAsBytes(said));
        out.write('\n');
    }
}
