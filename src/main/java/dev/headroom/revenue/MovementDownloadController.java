package dev.headroom.revenue;

import dev.headroom.actor.Actor;
import dev.headroom.download.Downloads;
import dev.headroom.error.HeadroomException;
import dev.headroom.revenue.MovementController.Wanted;
import dev.headroom.revenue.MovementController.WantedSegment;
import dev.headroom.revenue.Segments.Dimension;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Movements as a file, written while it is downloaded. */
@RestController
class MovementDownloadController {

    private static final String PATH = "/v1/revenue/movements.csv";

    private final MovementPages pages;

    MovementDownloadController(MovementPages pages) {
        this.pages = pages;
    }

    /** The address of exactly these. */
    static String path(MovementFilter filter) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(PATH);
        add(address, "currency", filter.currency());
        add(address, "from", filter.from());
        add(address, "until", filter.until());
        add(address, "kinds", filter.kinds().isEmpty() ? null : filter.kinds().stream().sorted().map(Enum::name).collect(Collectors.joining(",")));
        add(address, "accountId", filter.account());
        add(address, "cohort", filter.cohort());
        add(address, "paying", filter.paying());
        add(address, "returned", filter.returned());
        add(address, "first", filter.first() ? true : null);
        if (filter.slice() != null) {
            add(address, "by", filter.slice().by());
            add(address, "key", filter.slice().key());
            add(address, "segmentFrom", filter.slice().from());
        }
        return address.encode().build().toUriString();
    }

    private static void add(UriComponentsBuilder address, String name, @Nullable Object value) {
        if (value != null) {
            address.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, value));
        }
    }

    @GetMapping(PATH)
    void download(@RequestParam Map<String, String> asked, @AuthenticationPrincipal Actor actor, HttpServletResponse response) {
        MovementFilter filter = new Wanted(
                asked.get("currency"), asked.get("from"), asked.get("until"), kinds(asked.get("kinds")), asked.get("accountId"), asked.get("cohort"),
                asked.get("paying"), asked.get("returned"), segment(asked), Boolean.parseBoolean(asked.get("first"))).filter();
        pages.write(actor, filter, Downloads.csv(response, "revenue-movements.csv"));
    }

    private static @Nullable WantedSegment segment(Map<String, String> asked) {
        String by = asked.get("by");
        return by == null ? null : new WantedSegment(
                Arrays.stream(Dimension.values()).filter(each -> each.name().equals(by)).findFirst()
                        .orElseThrow(() -> HeadroomException.invalid("filter.segment.by", "Expected one of " + Arrays.toString(Dimension.values()))),
                asked.getOrDefault("key", ""), asked.getOrDefault("segmentFrom", ""));
    }

    private static @Nullable List<MovementKind> kinds(@Nullable String text) {
        return text == null ? null : Stream.of(text.split(",", -1))
                .map(name -> Arrays.stream(MovementKind.values()).filter(each -> each.name().equals(name)).findFirst()
                        .orElseThrow(() -> HeadroomException.invalid("filter.kinds", "Expected some of " + Arrays.toString(MovementKind.values()))))
                .toList();
    }
}
