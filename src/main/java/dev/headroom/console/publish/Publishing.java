package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import dev.headroom.actor.Permission;
import dev.headroom.draft.DraftId;
import org.springframework.stereotype.Component;

/** The way to putting a draft on sale, for whoever may; whoever may not is told so. */
@Component
public final class Publishing {

    private final PublishServices services;

    Publishing(PublishServices services) {
        this.services = services;
    }

    /** @param changed told when it is published, or is not what was read any more */
    public Button button(DraftId draft, Runnable changed) {
        PublishDialog dialog = new PublishDialog(services, draft, changed);
        Button button = new Button(translate("publish.open"), click -> dialog.begin());
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    public boolean allowed() {
        return services.signedIn().may(Permission.PUBLISH);
    }
}
