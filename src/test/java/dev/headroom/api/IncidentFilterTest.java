package dev.headroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.occasion.OccasionFilter;
import dev.headroom.occasion.Origin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IncidentFilterTest {

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void aDefectIsAnIncidentAndTellsNothingOfItself() throws Exception {
        MockHttpServletResponse response = answer((_, _) -> {
            throw new ServletException(new IllegalStateException("the table is missing"));
        });

        JsonNode body = json.readTree(response.getContentAsString());
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(body.at("/errors/0/extensions/code").asString()).isEqualTo("INTERNAL");
        assertThat(body.at("/errors/0/message").asString()).contains("incident ").doesNotContain("table");
    }

    @Test
    void thatTheDatabaseIsAwayIsSaidAsSuch() throws Exception {
        IllegalStateException away = new IllegalStateException(new SQLTransientConnectionException("no connection to 10.0.0.7"));
        MockHttpServletResponse response = answer((_, _) -> {
            throw away;
        });

        JsonNode body = json.readTree(response.getContentAsString());
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(body.at("/errors/0/extensions/code").asString()).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(body.at("/errors/0/message").asString()).doesNotContain("10.0.0.7");
        assertThat(ErrorController.streamError(away).getExtensions()).containsEntry("code", "DATABASE_UNAVAILABLE");
    }

    @Test
    void itStillNamesTheRequest() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new OccasionFilter(Origin.API_KEY).doFilter(new MockHttpServletRequest("POST", "/graphql"), response,
                (request, answer) -> new IncidentFilter(new ErrorBody(json)).doFilter(request, answer, (_, _) -> {
                    throw new IllegalStateException("the table is missing");
                }));

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getHeader(OccasionFilter.HEADER)).isNotEmpty();
    }

    @Test
    void anAnswerThatWasBegunIsLeftAsItIs() throws Exception {
        MockHttpServletResponse response = answer((_, begun) -> {
            begun.getWriter().write("half");
            begun.flushBuffer();
            throw new IllegalStateException("too late");
        });

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo("half");
    }

    private MockHttpServletResponse answer(FilterChain chain) throws IOException, ServletException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new IncidentFilter(new ErrorBody(json)).doFilter(new MockHttpServletRequest("POST", "/graphql"), response, chain);
        return response;
    }
}
