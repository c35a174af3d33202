import EnvoyConfig
import Testing

@Suite struct NodeIDTests {
    @Test("Istio's identifier has a type, an address and a proxy")
    func parts() throws {
        let id = try #require(NodeID("router~10.0.0.1~gw-1.istio-system~x.svc.cluster.local"))
        #expect(id.type == "router")
        #expect(id.address == "10.0.0.1")
        #expect(id.proxy == "gw-1.istio-system")
        #expect(NodeID("sidecar~~a.default~")?.address == "")
        #expect(NodeID("sidecar~10.0.0.1~a.default")?.proxy == "a.default")
    }

    @Test(
        "Another identifier is not Istio's",
        arguments: ["", "a.default", "front-proxy-1", "sidecar~10.0.0.1", "sidecar~10.0.0.1~~x"])
    func others(_ text: String) {
        #expect(NodeID(text) == nil)
    }
}
