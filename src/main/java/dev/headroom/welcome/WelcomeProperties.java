package dev.headroom.welcome;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param data       the data folder
 * @param ownerEmail with which the first owner signs in
 * @param rehearsal  whether this is the start without a user that follows a build: nothing is made and nothing printed
 */
@ConfigurationProperties("headroom")
record WelcomeProperties(
        @DefaultValue("data") Path data, @DefaultValue("owner@headroom.local") String ownerEmail, @DefaultValue("false") boolean rehearsal) {}
