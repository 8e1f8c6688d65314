# The tank: `docker run -p 127.0.0.1:4566:4566 wavetank/emulator` is the demo and stays up. Your own template:
#   docker run -p 127.0.0.1:4566:4566 -v "$PWD":/pipeline wavetank/emulator start template.yaml
FROM node:22-bookworm-slim AS packages
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# No install script is needed: onnxruntime-node's would fetch CUDA libraries. `npm ci` would fail where a registry
# lacks the optional package of some other platform.
RUN --mount=type=cache,target=/root/.npm npm install --no-save --omit=dev --ignore-scripts --loglevel=error && \
    # onnxruntime-node brings the libraries of all platforms, 288 MB; one is wanted.
    find node_modules/onnxruntime-node/bin -mindepth 3 -type d ! -path "*/linux/$(node -p process.arch)" \
      -prune -exec rm -rf {} +

FROM packages AS program
# The program takes in some clients of the AWS SDK that nobody else needs: the development dependencies.
RUN --mount=type=cache,target=/root/.npm npm install --no-save --ignore-scripts --loglevel=error
COPY bin bin
COPY emulator emulator
RUN node bin/build.js

# The functions' Python is Debian's: 3.11, as in the runtime python3.11.
FROM node:22-bookworm-slim AS interpreters
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3 >/dev/null

FROM interpreters AS boto3
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-pip >/dev/null
COPY docker/python-requirements.txt ./
# Compiled here, since whoever runs it may not write there; a copied file's time says nothing of its age.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install --quiet --no-deps --no-compile --root-user-action=ignore --target /packages -r python-requirements.txt && \
    python3 -m compileall -q --invalidation-mode unchecked-hash /packages

FROM interpreters
LABEL org.opencontainers.image.title="wavetank/emulator" \
      org.opencontainers.image.description="A local testbed for streaming-ML pipelines on AWS" \
      org.opencontainers.image.licenses="MIT"
COPY --from=boto3 /packages /usr/local/lib/python3.11/dist-packages
# A container is reached from outside itself; who may reach it is decided where its port is published.
ENV NODE_ENV=production WAVETANK_HOST=0.0.0.0
# As the published package lies in node_modules: built, with the sample pipelines and their models.
WORKDIR /opt/wavetank
COPY --from=packages /src/node_modules node_modules
COPY package.json LICENSE ./
COPY bin/wavetank.js bin/prepare.js bin/
COPY fixtures fixtures
COPY handlers handlers
COPY --from=program /src/dist dist
RUN ln -s /opt/wavetank/bin/wavetank.js /usr/local/bin/wavetank
WORKDIR /pipeline
USER node
EXPOSE 4566
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s CMD ["node", "-e", \
  "fetch(`http://127.0.0.1:${process.env.WAVETANK_PORT ?? 4566}/_wavetank/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["wavetank"]
CMD ["demo"]
