# The Node app as an image: API and site on one port, the embedded database in /data.
# compose.product.yaml in origin/ builds and runs it; alone:
#   docker build -t sightline . && docker run -p 8787:8787 -v sightline:/data -e SIGHTLINE_SECRET=… sightline
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM ${NODE_IMAGE} AS production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 DATA_DIR=/data
COPY --from=production /app/node_modules ./node_modules
# Not dist/demo: the demonstration origin is never part of a deployment.
COPY --from=build /app/dist/server ./dist/server
COPY --from=build /app/dist/site ./dist/site
COPY package.json schema.sql LICENSE ./
COPY migrations ./migrations
COPY scripts ./scripts
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`,{redirect:'manual'}).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "dist/server/node.js"]
