# docker build -t tidyglot . && docker run --rm -v "$PWD:/text:ro" tidyglot check
FROM rust:1-slim AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked

FROM debian:stable-slim
# git, for --diff-base and --staged.
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory /text
COPY --from=build /src/target/release/tidyglot /usr/local/bin/tidyglot
USER nobody
WORKDIR /text
ENTRYPOINT ["tidyglot"]
