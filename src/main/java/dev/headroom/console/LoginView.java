package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

@Route(value = "login", autoLayout = false)
@AnonymousAllowed
class LoginView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final LoginForm form = new LoginForm();

    LoginView() {
        addClassName("login");
        H1 product = new H1(translate("product.name"));
        Paragraph claim = new Paragraph(translate("product.claim"));
        form.setI18n(words());
        form.setForgotPasswordButtonVisible(false);
        form.setAction("login");
        add(product, claim, form);
    }

    private static LoginI18n words() {
        LoginI18n words = LoginI18n.createDefault();
        words.getForm().setTitle(translate("login.title"));
        words.getForm().setUsername(translate("login.email"));
        words.getForm().setPassword(translate("login.password"));
        words.getForm().setSubmit(translate("login.submit"));
        words.getErrorMessage().setTitle(translate("login.failed.title"));
        words.getErrorMessage().setMessage(translate("login.failed.message"));
        words.getErrorMessage().setUsername(translate("login.email.missing"));
        words.getErrorMessage().setPassword(translate("login.password.missing"));
        return words;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        form.setError(event.getLocation().getQueryParameters().getParameters().containsKey("error"));
    }

    @Override
    public String getPageTitle() {
        return translate("page.title", translate("login.title"));
    }
}
