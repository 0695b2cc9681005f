package dev.headroom.api;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** GraphiQL, from our own jar. */
@Controller
class ExplorerController {

    @GetMapping("/graphiql")
    String page() {
        return "forward:/graphiql/index.html";
    }
}
