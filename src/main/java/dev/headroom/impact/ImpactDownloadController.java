package dev.headroom.impact;

import dev.headroom.actor.Actor;
import dev.headroom.download.Downloads;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The lines of a run as a file, written while it is downloaded. */
@RestController
class ImpactDownloadController {

    private final LinePages pages;

    ImpactDownloadController(LinePages pages) {
        this.pages = pages;
    }

    static String path(UUID run) {
        return "/v1/impacts/" + run + "/lines.csv";
    }

    @GetMapping("/v1/impacts/{id}/lines.csv")
    void lines(@PathVariable String id, @AuthenticationPrincipal Actor actor, HttpServletResponse response) {
        UUID run = Ids.parse(id).orElseThrow(() -> HeadroomException.notFound("id", "No such impact"));
        pages.write(actor, run, Downloads.csv(response, "impact.csv"));
    }
}
