package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import dev.headroom.id.Ids;
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
        } catch (ServletException | RuntimeException defect) {
            UUID incident = Ids.next();
            LOG.error("Incident {} at {}", incident, request.getRequestURI(), defect);
            if (!response.isCommitted()) {
                response.reset();
                errors.write(response, 500, ErrorCode.INTERNAL, "Something went wrong on our side; incident " + incident);
            }
        }
    }
}
