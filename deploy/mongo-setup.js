// mongosh: makes the replica set of one member and the user of SDC; run again, it changes nothing but the password.
const fs = require("fs");
const secret = (name) => fs.readFileSync(`/run/secrets/${name}`, "utf8").trim();

const admin = db.getSiblingDB("admin");
admin.auth("root", secret("mongo-root-password"));

try {
  rs.status();
} catch (error) {
  if (error.codeName !== "NotYetInitialized") throw error;
  rs.initiate({ _id: "rs0", members: [{ _id: 0, host: "mongo:27017" }] });
}
for (let n = 0; !admin.hello().isWritablePrimary; n++) {
  if (n > 120) throw new Error("No primary after a minute: look into the log of mongo.");
  sleep(500);
}

const user = { pwd: secret("mongo-sdc-password"), roles: [{ role: "readWrite", db: "sdc" }] };
if (admin.getUser("sdc") === null) admin.createUser({ user: "sdc", ...user });
else admin.updateUser("sdc", user);
print("MongoDB is ready for SDC.");
