// A bare carbone script: `node plain_carbone.js MODULES TEMPLATE DATA.json RUNS OUT` prints milliseconds of processor time, one line a run.
const [modules, template, data, runs, out] = process.argv.slice(2);
const carbone = require(modules + "/carbone");
const given = JSON.parse(require("fs").readFileSync(data, "utf8"));
const render = () => new Promise((done, failed) =>
  carbone.render(template, given, {}, (error, result) => (error ? failed(error) : done(result))));
(async () => {
  for (let run = 0; run < Number(runs); run++) {
    const start = process.cpuUsage();
    const result = await render();
    const used = process.cpuUsage(start);
    console.log((used.user + used.system) / 1000);
    if (run === 0) require("fs").writeFileSync(out, result);
  }
  process.exit(0);
})();
