# The model server as a SageMaker container: bring your own image, started as `docker run <image> serve`.
# https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
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
COPY emulator/core emulator/core
COPY emulator/model-server emulator/model-server
# Express, which is CommonJS, calls require.
RUN npx --no-install esbuild emulator/model-server/main.ts --outfile=model-server.mjs \
      --bundle --platform=node --format=esm --target=node22 --external:onnxruntime-node --external:esbuild --log-level=warning \
      '--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'

FROM node:22-bookworm-slim
LABEL org.opencontainers.image.title="wavetank/model-server" \
      org.opencontainers.image.description="Serves an ONNX model by SageMaker's container contract: /ping, /invocations" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
WORKDIR /opt/program
COPY --from=packages /src/node_modules/onnxruntime-common node_modules/onnxruntime-common
COPY --from=packages /src/node_modules/onnxruntime-node node_modules/onnxruntime-node
# Bundles what a model brings along in code/.
COPY --from=packages /src/node_modules/esbuild node_modules/esbuild
COPY --from=packages /src/node_modules/@esbuild node_modules/@esbuild
COPY --from=program /src/model-server.mjs ./
# SageMaker unpacks model.tar.gz into this folder.
RUN mkdir -p /opt/ml/model
USER node
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["node", "-e", \
  "fetch(`http://127.0.0.1:${process.env.SAGEMAKER_BIND_TO_PORT ?? 8080}/ping`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/program/model-server.mjs"]
CMD ["serve"]
