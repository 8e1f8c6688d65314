# A pipeline's Node.js functions behind AWS's Runtime Interface Emulator; the command names the handler:
#   docker run -p 127.0.0.1:9000:8080 wavetank/ride-duration in-function.handler
#   curl -d @handlers/ride-duration/event.json http://127.0.0.1:9000/2015-03-31/functions/function/invocations
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
COPY bin bin
COPY emulator emulator
ARG PIPELINE=ride-duration
COPY handlers/${PIPELINE} handlers/${PIPELINE}
# The same bundles as outside of an image. What cannot be bundled, native code and WebAssembly, comes along where one
# asks for it.
RUN node bin/bundle.js ${PIPELINE} && mv dist/handlers/${PIPELINE} /bundles && rm -f /bundles/*.py && \
    mkdir -p /beside/node_modules && cd node_modules && \
    for packages in "onnxruntime-node onnxruntime-common" "@bsull/augurs"; do \
      if grep -q "\"${packages%% *}[\"/]" /bundles/*.mjs; then cp -r --parents $packages /beside/node_modules/; fi; \
    done

FROM public.ecr.aws/lambda/nodejs:22
ARG PIPELINE=ride-duration
LABEL org.opencontainers.image.title="wavetank/${PIPELINE}" \
      org.opencontainers.image.description="The Node.js functions of the pipeline ${PIPELINE}" \
      org.opencontainers.image.licenses="MIT"
COPY --from=program /beside/ ${LAMBDA_TASK_ROOT}/
COPY --from=program /bundles/ ${LAMBDA_TASK_ROOT}/
CMD ["handler.handler"]
