package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.headroom.error.HeadroomException;
import dev.headroom.signin.Link.Purpose;
import dev.headroom.signin.Links;
import dev.headroom.signin.Links.Entry;
import dev.headroom.signin.Links.Look;
import dev.headroom.signin.Links.Why;
import java.util.Map;

/** Where an invitation, or a link for a new password, leads: choose a password, and be signed in. */
@Route(value = "link", autoLayout = false)
@AnonymousAllowed
@StyleSheet("sign-in.css")
class LinkView extends Main implements HasDynamicTitle {

    /** The token stands where browsers send it to nobody, and not for long: the history of the browser does not keep it either. */
    private static final String TAKE_TOKEN = """
            const token = location.hash.slice(1);
            history.replaceState(history.state, '', location.pathname);
            return token;""";

    /** The same door as for everybody: the browser sends what was typed to the sign-in, and may offer to keep it. */
    private static final String SIGN_IN = """
            const form = document.createElement('form');
            form.method = 'post';
            form.action = 'login';
            const put = (name, value) => {
              const input = document.createElement('input');
              input.type = 'hidden';
              input.name = name;
              input.value = value;
              form.append(input);
            };
            put('username', $0);
            put('password', this.value);
            const named = document.querySelector('meta[name=_csrf_parameter]');
            if (named) put(named.content, document.querySelector('meta[name=_csrf]').content);
            document.body.append(form);
            form.submit();""";

    private final Links links;
    private final Div content = new Div();

    LinkView(Links links) {
        this.links = links;
        addClassNames("login", "link");
        content.addClassName("link-form");
        add(new H1(translate("product.name")), content);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        getElement().executeJs(TAKE_TOKEN).then(String.class, this::opened);
    }

    /** The browser has told what stood in its address. */
    void opened(String token) {
        content.removeAll();
        switch (links.look(token)) {
            case Look.Open open -> form(token, open);
            case Look.Closed(var why) -> closed(why);
        }
    }

    private void closed(Why why) {
        content.removeAll();
        content.add(new H2(translate("link.closed")), said(switch (why) {
            case UNKNOWN -> translate("link.unknown");
            case USED -> translate("link.used");
            case EXPIRED -> translate("link.expired");
            case REVOKED -> translate("link.revoked");
        }), new Anchor("login", translate("link.to.login")));
    }

    private void form(String token, Look.Open open) {
        TextField email = field(new TextField(translate("person.email")), "username");
        email.setValue(open.email());
        email.setReadOnly(true);
        TextField name = field(new TextField(translate("link.name")), "name");
        PasswordField password = new PasswordField(translate("link.password"));
        password.getElement().setAttribute("autocomplete", "new-password");
        password.setHelperText(translate("profile.password.hint"));
        password.setManualValidation(true);
        password.setWidthFull();
        Map<String, HasValidation> fields = Map.of("input.name", name, "input.password", password);
        Paragraph refused = said("");
        refused.addClassName("refused");
        refused.getElement().setAttribute("role", "alert");
        Button enter = new Button(translate("link.enter"), click -> enter(token, open, name, password, fields, refused));
        enter.addThemeVariants(ButtonVariant.PRIMARY);
        enter.addClickShortcut(Key.ENTER);
        boolean invited = open.purpose() == Purpose.INVITATION;
        content.add(new H2(translate(invited ? "link.invitation" : "link.reset")), said(translate(invited ? "link.invitation.meaning" : "link.reset.meaning")), email);
        content.add(invited ? new Component[] {name, password} : new Component[] {password});
        content.add(refused, enter);
        (invited ? name : password).focus();
    }

    private static TextField field(TextField field, String completedAs) {
        field.getElement().setAttribute("autocomplete", completedAs);
        field.setManualValidation(true);
        field.setWidthFull();
        return field;
    }

    private void enter(
            String token, Look.Open open, TextField name, PasswordField password, Map<String, HasValidation> fields, Paragraph refused) {
        fields.values().forEach(field -> field.setInvalid(false));
        refused.setText("");
        try {
            switch (links.enter(token, name.getValue(), password.getValue())) {
                case Entry.Entered _ -> password.getElement().executeJs(SIGN_IN, open.email());
                case Entry.Refused(var why) -> closed(why);
            }
        } catch (HeadroomException wrong) {
            HasValidation field = fields.get(wrong.field());
            if (field == null) {
                refused.setText(Sentences.of(wrong.getMessage()));
            } else {
                field.setErrorMessage(Sentences.of(wrong.getMessage()));
                field.setInvalid(true);
            }
        }
    }

    private static Paragraph said(String text) {
        Paragraph said = new Paragraph(text);
        said.getElement().setAttribute("role", "status");
        return said;
    }

    @Override
    public String getPageTitle() {
        return translate("page.title", translate("link.title"));
    }
}
