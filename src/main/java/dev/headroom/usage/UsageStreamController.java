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
import java.util.Objects;
import java.util.stream.IntStream;
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
    private final Intakes intake;
    private final ObjectReader events;
    private final JsonMapper json;

    UsageStreamController(Usages usages, Intakes intake, JsonMapper json) {
        this.usages = usages;
        this.intake = intake;
        this.json = json;
        this.events = json.readerFor(UsageEvent.class)
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
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

    /** What a line was: an event, or what is wrong with it. */
    private record Read(@Nullable UsageEvent event, @Nullable UsageRejected rejected) {}

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_NDJSON_VALUE)
    void record(InputStream body, HttpServletResponse response, @AuthenticationPrincipal Actor actor) throws IOException {
        actor.requireEveryAccount(Permission.USAGE);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        Lines lines = new Lines(body);
        Map<String, Long> sums = new LinkedHashMap<>();
        OutputStream out = new BufferedOutputStream(response.getOutputStream());
        for (List<Read> batch = read(lines); !batch.isEmpty(); batch = read(lines)) {
            for (UsageOutcome outcome : outcomes(actor, batch)) {
                Said said = Said.of(outcome);
                sums.merge(said.outcome(), 1L, Long::sum);
                write(out, said);
            }
            out.flush();
        }
        write(out, Map.of("done", sums));
        out.flush();
    }

    private List<Read> read(Lines lines) throws IOException {
        List<Read> batch = new ArrayList<>();
        Line line = null;
        while (batch.size() < Usages.LARGEST_BATCH && !pauses(batch, lines) && (line = lines.next()) != null) {
            if (!new String(line.bytes(), StandardCharsets.UTF_8).isBlank()) {
                batch.add(read(line));
            }
        }
        return batch;
    }

    /** What is here is recorded rather than kept waiting for what is not. */
    private static boolean pauses(List<Read> batch, Lines lines) throws IOException {
        return !batch.isEmpty() && lines.pauses();
    }

    private Read read(Line line) {
        if (line.tooLong()) {
            return new Read(null, new UsageRejected("", "line", "A line has at most " + Lines.LONGEST + " bytes"));
        }
        try {
            return whole(events.readValue(line.bytes()));
        } catch (JacksonException malformed) {
            return new Read(null, new UsageRejected("", "line", "Not an event in JSON: " + malformed.getOriginalMessage()));
        }
    }

    private static Read whole(@Nullable UsageEvent event) {
        if (event == null) {
            return new Read(null, new UsageRejected("", "line", "Not an event in JSON: null"));
        }
        Map<String, @Nullable String> required = new LinkedHashMap<>();
        required.put("id", event.id());
        required.put("account", event.account());
        required.put("meter", event.meter());
        return required.entrySet().stream()
                .filter(field -> field.getValue() == null)
                .findFirst()
                .map(field -> new Read(null, new UsageRejected(Objects.requireNonNullElse(event.id(), ""), field.getKey(), "This field is required")))
                .orElseGet(() -> new Read(event, null));
    }

    private List<UsageOutcome> outcomes(Actor actor, List<Read> batch) {
        List<UsageEvent> sent = batch.stream().map(Read::event).filter(Objects::nonNull).toList();
        intake.unreadable(batch.stream().map(Read::rejected).filter(Objects::nonNull).toList());
        List<UsageOutcome> recorded = sent.isEmpty() ? List.of() : usages.record(actor, sent);
        int[] next = {0};
        return IntStream.range(0, batch.size())
                .mapToObj(i -> batch.get(i).event() == null ? (UsageOutcome) Objects.requireNonNull(batch.get(i).rejected()) : recorded.get(next[0]++))
                .toList();
    }

    private void write(OutputStream out, Object said) throws IOException {
        out.write(json.writeValueAsBytes(said));
        out.write('\n');
    }
}
