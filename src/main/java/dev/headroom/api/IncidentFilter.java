package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import dev.headroom.id.Ids;
import dev.headroom.occasion.Occasion;
import dev.headroom.occasion.OccasionFilter;
import dev.headroom.postgres.Outages;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers a defect that nobody else caught as what it is; the container's own error page would be refused like a stranger. */
class IncidentFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentFilter.class);

    private final ErrorBody errors;

    IncidentFilter(ErrorBody errors) {
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failed) {
            answer(request, response, failed);
        }
    }

    /** That the database is away is no incident: it is said once, by whoever noticed. */
    private void answer(HttpServletRequest request, HttpServletResponse response, Exception failed) throws IOException {
        if (!Outages.isUnreachable(failed)) {
            UUID incident = Ids.next();
            LOG.error("Incident {} at {}", incident, request.getRequestURI(), failed);
            write(response, 500, ErrorCode.INTERNAL, "Something went wrong on our side; incident " + incident);
        } else {
            write(response, 503, ErrorCode.DATABASE_UNAVAILABLE, ErrorController.NO_DATABASE);
        }
    }

    private void write(HttpServletResponse response, int status, ErrorCode code, String message) throws IOException {
        if (!response.isCommitted()) {
            response.reset();
            Occasion.current().ifPresent(occasion -> response.setHeader(OccasionFilter.HEADER, occasion.id().toString()));
            errors.write(response, status, code, message);
        }
    }
}
