package dev.headroom.history;

import dev.headroom.actor.Actor;
import dev.headroom.download.Downloads;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What of a file is not brought, as a file, written while it is downloaded. */
@RestController
class HistoryDownloadController {

    private static final String PATH = "/v1/revenue/histories/{id}/mistakes.csv";

    private final HistoryFiles files;
    private final HistoryReports reports;

    HistoryDownloadController(HistoryFiles files, HistoryReports reports) {
        this.files = files;
        this.reports = reports;
    }

    static String path(HistoryRun run) {
        return PATH.replace("{id}", run.id().toString());
    }

    @GetMapping(PATH)
    void download(@PathVariable String id, @AuthenticationPrincipal Actor actor, HttpServletResponse response) {
        reports.write(actor, files.byId(actor, id), Downloads.csv(response, "revenue-history-mistakes.csv"));
    }
}
