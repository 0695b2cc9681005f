package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.server.VaadinSession;
import dev.headroom.console.GuardedLogins.MustWaitException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.web.WebAttributes;

/** What the sign-in says when it did not work. */
class LoginViewTest extends ConsoleTest {

    private String said(Exception kept) {
        VaadinSession.getCurrent().getSession().setAttribute(WebAttributes.AUTHENTICATION_EXCEPTION, kept);
        follow("login", "error", "");
        LoginForm form = find(LoginForm.class).single();
        assertThat(form.isError()).isTrue();
        return String.valueOf(form.getElement().getPropertyRaw("i18n"));
    }

    @Test
    void whoMustWaitIsToldUntilWhen() {
        assertThat(said(new MustWaitException(Instant.parse("2026-01-07T10:15:00Z")))).contains("Too many tries", "before 10:15");
        UI.getCurrent().navigate("");
        assertThat(said(new BadCredentialsException("wrong"))).contains("do not match").doesNotContain("Too many");
    }
}
