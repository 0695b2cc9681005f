package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/** Lets browsers come from where a key says they may, and refuses the others in the shape of every other error. */
class OriginFilter extends CorsFilter {

    OriginFilter(CorsConfigurationSource origins, ErrorBody errors) {
        super(origins);
        setCorsProcessor(new DefaultCorsProcessor() {
            @Override
            protected void rejectRequest(ServerHttpResponse response) throws IOException {
                response.setStatusCode(HttpStatus.FORBIDDEN);
                response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
                response.getBody().write(errors.bytes(ErrorCode.ORIGIN_NOT_ALLOWED, null,
                        "No API key in use accepts browsers from this origin; an owner says in the console, at a key, which it accepts"));
                response.flush();
            }
        });
    }
}
