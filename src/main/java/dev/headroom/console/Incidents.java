package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures: logged once under an id, which is all that is shown of them; refusals are shown in their own words. */
final class Incidents {

    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

    private Incidents() {}

    static void show(ErrorEvent event) {
        UI ui = UI.getCurrent();
        Throwable failure = event.getThrowable();
        String said = sentence(failure);
        if (ui != null) {
            Toast.failure(said, !(failure instanceof HeadroomException));
        }
    }

    static String sentence(Throwable failure) {
        return failure instanceof HeadroomException refused
                ? Sentences.of(refused.getMessage())
                : translate("failure.incident", logged(failure));
    }

    static String logged(Throwable failure) {
        String id = Ids.next().toString();
        LOG.error("Incident {}", id, failure);
        return id;
    }
}
