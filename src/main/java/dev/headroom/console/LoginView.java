package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedSession;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.headroom.console.GuardedLogins.MustWaitException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.WebAttributes;

@Route(value = "login", autoLayout = false)
@AnonymousAllowed
@StyleSheet("sign-in.css")
class LoginView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    /** The form is sent by the browser and the page loaded anew, so only the browser can keep what was typed; never the password. */
    private static final String REMEMBER_EMAIL = """
            const kept = 'headroom.email';
            this.addEventListener('login', event => sessionStorage.setItem(kept, event.detail.username));
            const field = name => this.querySelector(`[name=${name}]`) ?? this.shadowRoot?.querySelector(`[name=${name}]`);
            if (!$0) { sessionStorage.removeItem(kept); return; }
            const email = sessionStorage.getItem(kept);
            if (email) requestAnimationFrame(() => { field('username').value = email; field('password').focus(); });
            """;

    private final LoginForm form = new LoginForm();

    LoginView() {
        addClassName("login");
        H1 product = new H1(translate("product.name"));
        Paragraph claim = new Paragraph(translate("product.claim"));
        form.setForgotPasswordButtonVisible(false);
        form.setAction("login");
        add(product, claim, form);
    }

    private static LoginI18n words(@Nullable Instant waits) {
        LoginI18n words = LoginI18n.createDefault();
        words.getForm().setTitle(translate("login.title"));
        words.getForm().setUsername(translate("login.email"));
        words.getForm().setPassword(translate("login.password"));
        words.getForm().setSubmit(translate("login.submit"));
        words.getErrorMessage().setTitle(translate(waits == null ? "login.failed.title" : "login.wait.title"));
        words.getErrorMessage().setMessage(waits == null
                ? translate("login.failed.message")
                : translate("login.wait.message", When.timeText(waits, ZoneOffset.UTC)));
        words.getErrorMessage().setUsername(translate("login.email.missing"));
        words.getErrorMessage().setPassword(translate("login.password.missing"));
        return words;
    }

    /** The server keeps with the browser's session why it did not sign in. */
    private static @Nullable Instant mustWait() {
        WrappedSession session = VaadinSession.getCurrent().getSession();
        return session != null && session.getAttribute(WebAttributes.AUTHENTICATION_EXCEPTION) instanceof MustWaitException wait ? wait.until() : null;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        boolean failed = event.getLocation().getQueryParameters().getParameters().containsKey("error");
        form.setI18n(words(mustWait()));
        form.setError(failed);
        form.getElement().executeJs(REMEMBER_EMAIL, failed);
    }

    @Override
    public String getPageTitle() {
        return translate("page.title", translate("login.title"));
    }
}
