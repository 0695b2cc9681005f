# syntax=docker/dockerfile:1
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven npm && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
ENV MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
# As an ordinary user, because the build starts a PostgreSQL to read the schema from, and that refuses root.
RUN useradd --create-home builder && chown -R builder /src
USER builder
RUN --mount=type=cache,target=/home/builder/.m2,uid=1001 \
    mvn -B -ntp -Dmaven.test.skip=true package && \
    java -Djarmode=tools -jar target/headroom.jar extract --destination target/app

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home headroom && install -d -o headroom /app /data
WORKDIR /app
COPY --from=build --chown=headroom /src/target/app ./
COPY --from=build --chown=headroom /src/build/jvm.options ./
USER headroom
# Rehearses the start, so that every start of a container takes half the time; without it everything works all the same.
RUN HEADROOM_REHEARSAL=true HEADROOM_DEMO=false HEADROOM_DATA=/tmp/rehearsal \
    java @jvm.options -XX:AOTCacheOutput=headroom.aot -jar headroom.jar || rm -f headroom.aot; rm -rf /tmp/rehearsal
ENV HEADROOM_DATA=/data MALLOC_ARENA_MAX=2
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${HEADROOM_PORT:-8080} && printf 'GET /actuator/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=headroom.aot", "-Xlog:aot=off", "-jar", "headroom.jar"]
