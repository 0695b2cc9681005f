package dev.headroom.audit;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditController.Wanted;
import dev.headroom.download.Downloads;
import dev.headroom.error.HeadroomException;
import dev.headroom.occasion.Origin;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Entries as a file, written while it is downloaded. */
@RestController
class AuditDownloadController {

    private static final String PATH = "/v1/audit.csv";

    private final AuditLines lines;

    AuditDownloadController(AuditLines lines) {
        this.lines = lines;
    }

    /** The address of exactly these. */
    static String path(AuditFilter filter) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(PATH);
        add(address, "actor", filter.actor());
        add(address, "operation", filter.operation());
        add(address, "subject", filter.subject());
        add(address, "subjectId", filter.subjectId());
        add(address, "accountId", filter.account());
        add(address, "origin", filter.origin());
        add(address, "correlationId", filter.correlation());
        add(address, "from", filter.from());
        add(address, "until", filter.until());
        add(address, "text", filter.text());
        return address.encode().build().toUriString();
    }

    /** As a variable, so that whatever means something in an address is escaped. */
    private static void add(UriComponentsBuilder address, String name, @Nullable Object value) {
        if (value != null) {
            address.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, value));
        }
    }

    @GetMapping(PATH)
    void download(@RequestParam Map<String, String> asked, @AuthenticationPrincipal Actor actor, HttpServletResponse response) {
        AuditFilter filter = new Wanted(
                asked.get("actor"), asked.get("operation"), asked.get("subject"), asked.get("subjectId"), asked.get("accountId"), origin(asked.get("origin")),
                asked.get("correlationId"), instant("from", asked.get("from")), instant("until", asked.get("until")), asked.get("text")).filter();
        lines.write(actor, filter, Downloads.csv(response, "audit.csv"));
    }

    private static @Nullable Origin origin(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(name -> Arrays.stream(Origin.values()).filter(each -> each.name().equals(name)).findFirst()
                        .orElseThrow(() -> HeadroomException.invalid("filter.origin", "Expected one of " + Arrays.toString(Origin.values()))))
                .orElse(null);
    }

    private static @Nullable Instant instant(String field, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException mistyped) {
            throw HeadroomException.invalid("filter." + field, "Expected an instant, such as 2026-12-04T10:15:30Z");
        }
    }
}
