package dev.headroom.rollout;

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

/** The accounts of a roll-out as a file, written while it is downloaded. */
@RestController
class RolloutDownloadController {

    private final RolloutDownloads downloads;

    RolloutDownloadController(RolloutDownloads downloads) {
        this.downloads = downloads;
    }

    static String path(UUID rollout) {
        return "/v1/rollouts/" + rollout + "/accounts.csv";
    }

    @GetMapping("/v1/rollouts/{id}/accounts.csv")
    void accounts(@PathVariable String id, @AuthenticationPrincipal Actor actor, HttpServletResponse response) {
        UUID rollout = Ids.parse(id).orElseThrow(() -> HeadroomException.notFound("id", "No such roll-out"));
        downloads.write(actor, rollout, null, Downloads.csv(response, "rollout.csv"));
    }
}
