package dev.headroom.console;

import com.vaadin.flow.i18n.I18NProvider;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Flow asks the context for; absent where there is no web, as in the context that loads the demo vendor. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class ConsoleConfiguration {

    @Bean
    I18NProvider consoleTexts() {
        return new ConsoleTexts();
    }

    /** A listener that fails must not end in Flow's own page, which would show a stack trace or nothing. */
    @Bean
    VaadinServiceInitListener consoleFailures() {
        return started -> started.getSource().addSessionInitListener(event -> {
            event.getSession().setErrorHandler(Incidents::show);
            Language.recall(event.getRequest(), event.getSession());
        });
    }
}
